import { cache } from "react";
import { findEndpoint } from "@/lib/endpoints/queries.ts";
import type { Format } from "@/lib/endpoints/states.ts";
import { formatId } from "@/lib/ids.ts";
import { type DeliveryDetail, findAttempt, findDelivery } from "@/lib/reports/delivery.ts";
import { evidence } from "@/lib/reports/evidence.ts";
import { countBehind, placeInLine } from "@/lib/reports/line.ts";
import { listMembers } from "@/lib/workspaces/queries.ts";
import { requestBody } from "./request-body";

/** What stands for the settings of an endpoint that was deleted. */
const DELETED = { format: "envelope" as Format, method: "POST", timeoutSeconds: 15, transformation: null };

/** A delivery and how its endpoint sends; null for a stranger's id. */
export const loadSending = cache(async (workspaceId: string, id: string | null) => {
  const row = id && (await findDelivery(workspaceId, id));
  if (!row) return null;
  const endpoint = await findEndpoint(workspaceId, row.endpointId);
  const { format, method, timeoutSeconds, transformation } = endpoint ?? DELETED;
  return { row, endpoint, settings: { format, method, timeoutSeconds, transformation } };
});
export type Sending = NonNullable<Awaited<ReturnType<typeof loadSending>>>;

/** What the page shows but for headers and bodies, loaded once a request; null for a stranger's id. */
export const loadDelivery = cache(async (workspaceId: string, id: string | null) => {
  const sending = await loadSending(workspaceId, id);
  if (!sending) return null;
  const { row, endpoint } = sending;
  const leads = endpoint?.ordering === "strict" && row.released && row.status !== "delivered";
  const [found, members, place, behind] = await Promise.all([
    row.status === "delivered" ? null : evidence(workspaceId, row),
    listMembers(workspaceId),
    row.status === "queued" && row.parked ? placeInLine(workspaceId, row) : null,
    leads ? countBehind(row.endpointId, row.lane) : null,
  ]);
  return { ...sending, evidence: found, place, behind, names: namesOf(row.attemptList, members) };
});
export type LoadedDelivery = NonNullable<Awaited<ReturnType<typeof loadDelivery>>>;

/** One attempt with its headers and its answer's body. */
export const loadAttempt = cache((row: DeliveryDetail, number: number | undefined) =>
  number === undefined ? null : findAttempt(row.id, number),
);

/** The call as its attempts make it, with its body. */
export const loadRequest = cache(async (row: DeliveryDetail, settings: Sending["settings"]) => {
  const { sent, note } = await requestBody(row, settings);
  return {
    method: settings.method,
    url: row.endpoint?.url ?? "",
    body: sent?.body ?? null,
    contentType: sent?.contentType ?? "",
    note,
  };
});
export type SentRequest = Awaited<ReturnType<typeof loadRequest>>;

type Acted = { actor: string | null };
type Member = { userId: string; name: string };

/** Who is behind the ids on record: a member's name, or which key it was. */
function namesOf(attempts: Acted[], members: Member[]): Map<string, string> {
  const people = new Map(members.map(({ userId, name }) => [formatId("usr", userId), name]));
  return new Map(
    attempts.flatMap(({ actor }) => {
      if (!actor) return [];
      return [[actor, people.get(actor) ?? (actor.startsWith("key_") ? "an API key" : "a former member")] as const];
    }),
  );
}
