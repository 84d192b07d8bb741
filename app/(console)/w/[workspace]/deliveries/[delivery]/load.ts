import { cache } from "react";
import { findEndpoint } from "@/lib/endpoints/queries.ts";
import type { Format } from "@/lib/endpoints/states.ts";
import { formatId } from "@/lib/ids.ts";
import { findDelivery } from "@/lib/reports/delivery.ts";
import { evidence } from "@/lib/reports/evidence.ts";
import { countBehind, placeInLine } from "@/lib/reports/line.ts";
import { listMembers } from "@/lib/workspaces/queries.ts";
import { requestBody } from "./request-body";

/** What stands for the settings of an endpoint that was deleted. */
const DELETED = { format: "envelope" as Format, method: "POST", timeoutSeconds: 15, transformation: null };

/** Everything the page shows, loaded once a request; null for a stranger's id. */
export const loadDelivery = cache(async (workspaceId: string, id: string | null) => {
  const row = id && (await findDelivery(workspaceId, id));
  if (!row) return null;
  const endpoint = await findEndpoint(workspaceId, row.endpointId);
  const leads = endpoint?.ordering === "strict" && row.released && row.status !== "delivered";
  const [found, members, place, behind] = await Promise.all([
    row.status === "delivered" ? null : evidence(workspaceId, row),
    listMembers(workspaceId),
    row.status === "queued" && row.parked ? placeInLine(workspaceId, row) : null,
    leads ? countBehind(row.endpointId, row.lane) : null,
  ]);
  const { format, method, timeoutSeconds, transformation } = endpoint ?? DELETED;
  const { sent, note } = await requestBody(workspaceId, row, { format, transformation });
  return {
    row,
    endpoint,
    evidence: found,
    place,
    behind,
    names: namesOf(row.attemptList, members),
    request: {
      method,
      url: row.endpoint?.url ?? "",
      body: sent?.body ?? null,
      contentType: sent?.contentType ?? "",
      note,
      format,
      timeoutSeconds,
    },
  };
});

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
