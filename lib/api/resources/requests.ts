import { isUtf8 } from "node:buffer";
import { z } from "zod";
import { firstIdAt, formatId, parseId } from "../../ids.ts";
import { replayEvent } from "../../replay/replay.ts";
import { findRequest, listRequests, type RequestDetail, type RequestRow } from "../../reports/requests.ts";
import { reverify } from "../../sources/accept-again.ts";
import { QUARANTINED, VERDICTS } from "../../sources/states.ts";
import { listAnswer, pageOf, pageQuery, textParameter } from "../cursor.ts";
import { fieldRefusal } from "../issues.ts";
import { LONGEST_WAIT_SECONDS, listLaterRequests } from "../later-requests.ts";
import { refusal } from "../problem.ts";
import { requestDetailShape, requestShape } from "../request-shapes.ts";
import { route } from "../route.ts";
import { replayedShape } from "../shapes.ts";
import { idParameter, PATIENCE_MS, rangeOf, timeRange } from "./deliveries.ts";

const NOT_FOUND = refusal("not_found", "There is no such request");
const BODY_GONE = refusal("not_found", "The body of this request is no longer kept");
const PASSING = refusal("unavailable", "It could not be stored just now: try again in a moment");
const NO_EVENT = refusal("conflict", "This request became no event: a refused one can be re-verified");

const after = z
  .string()
  .transform((text, context) => {
    const id = text === "start" ? firstIdAt(0) : parseId("req", text);
    if (!id) context.addIssue({ code: "custom", message: "Give an id that starts with req_, or start" });
    return id ?? "";
  })
  .optional()
  .meta({
    description:
      "Only requests received after this one, the oldest first: `start`, then the id of the last one that was answered. Such an answer has no cursors.",
  });

const wait = z
  .preprocess(
    (text) => (typeof text === "string" && /^\d{1,2}$/.test(text) ? Number(text) : text),
    z.int("Give whole seconds").min(0).max(LONGEST_WAIT_SECONDS, `At most ${LONGEST_WAIT_SECONDS} seconds`),
  )
  .default(0)
  .meta({ description: "Seconds to wait for the first one, when there is none `after` that." });

const query = z.strictObject({
  ...pageQuery,
  ...timeRange,
  source: idParameter("src"),
  verdict: z.enum(VERDICTS).optional(),
  type: textParameter(256),
  after,
  wait,
});

const replayInput = z.strictObject({
  endpoint: z
    .string()
    .max(64)
    .optional()
    .meta({ description: "An endpoint's id; left out, all that subscribe to its events." }),
});

export const requestRoutes = [
  route({
    method: "GET",
    path: "/requests",
    operation: "listRequests",
    summary: "List inbound requests, the newest first, or wait for those that come",
    scope: "read",
    params: {},
    query,
    answer: { status: 200, shape: requestShape, list: true },
    problems: ["invalid_parameter"],
    handle: async ({ workspaceId, query: { source, verdict, type, after, wait, ...asked } }) => {
      const filter = { sourceId: source, verdict: verdict && [verdict], type, ...rangeOf(asked) };
      if (after !== undefined) {
        const later = { after, limit: asked.limit, waitSeconds: wait };
        const rows = await listLaterRequests(workspaceId, filter, later);
        return { body: { data: rows.map(presentRequest), next: null, previous: null } };
      }
      const page = { ...pageOf(asked, "req"), effort: { patienceMs: PATIENCE_MS } };
      return listAnswer(await listRequests(workspaceId, filter, page), "req", presentRequest);
    },
  }),
  route({
    method: "GET",
    path: "/requests/{id}",
    operation: "getRequest",
    summary: "Get a request with its headers and its body",
    scope: "read",
    params: { id: "req" },
    answer: { status: 200, shape: requestDetailShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, params: { id = "" } }) => {
      const found = await findRequest(workspaceId, id);
      return found ? { body: presentDetail(found) } : NOT_FOUND;
    },
  }),
  route({
    method: "GET",
    path: "/requests/{id}/body",
    operation: "getRequestBody",
    summary: "Get a request's body, byte for byte",
    scope: "read",
    params: { id: "req" },
    answer: { status: 200, bytes: true },
    problems: ["not_found"],
    handle: async ({ workspaceId, params: { id = "" } }) => {
      const found = await findRequest(workspaceId, id);
      if (!found) return NOT_FOUND;
      return found.body ? { bytes: found.body } : BODY_GONE;
    },
  }),
  route({
    method: "POST",
    path: "/requests/{id}/reverify",
    operation: "reverifyRequest",
    summary: "Verify a request in quarantine again, by what its source knows now",
    scope: "retry",
    params: { id: "req" },
    answer: { status: 202, shape: requestShape },
    problems: ["not_found", "conflict", "unavailable"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const found = await findRequest(workspaceId, id);
      if (!found) return NOT_FOUND;
      if (!QUARANTINED.includes(found.verdict)) {
        return refusal("conflict", `It is not in quarantine: its verdict is ${found.verdict}`);
      }
      const { failed } = await reverify(workspaceId, author, [id]);
      const now = await findRequest(workspaceId, id);
      if (failed > 0) return PASSING;
      return now ? { body: presentRequest(now as RequestRow) } : NOT_FOUND;
    },
  }),
  route({
    method: "POST",
    path: "/requests/{id}/replay",
    operation: "replayRequest",
    summary: "Deliver again what a request became",
    scope: "retry",
    params: { id: "req" },
    body: { name: "ReplayRequestInput", schema: replayInput },
    answer: { status: 202, shape: replayedShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" }, body: { endpoint } }) => {
      const endpointId = endpoint === undefined ? undefined : parseId("ep", endpoint);
      if (endpointId === null) return fieldRefusal("endpoint", "Give an id that starts with ep_");
      const found = await findRequest(workspaceId, id);
      if (!found) return NOT_FOUND;
      return replayAll(eventsBehind(found), (event) => replayEvent(workspaceId, event, author, endpointId), endpoint);
    },
  }),
];

type Replayed = Awaited<ReturnType<typeof replayEvent>>;

async function replayAll(events: string[], replay: (event: string) => Promise<Replayed>, endpoint?: string) {
  if (events.length === 0) return NO_EVENT;
  const deliveries: string[] = [];
  for (const event of events) {
    const replayed = await replay(event);
    if (replayed.result === "replayed") deliveries.push(...replayed.deliveryIds);
  }
  if (deliveries.length > 0) return { body: { deliveries: deliveries.map((each) => formatId("dlv", each)) } };
  if (endpoint === undefined) return refusal("conflict", "No active endpoint subscribes to what it became");
  return fieldRefusal("endpoint", "There is no such endpoint that can get its events");
}

/** What it became, or the event it repeats. */
function eventsBehind({ eventIds, duplicateOf }: Pick<RequestRow, "eventIds" | "duplicateOf">): string[] {
  return eventIds.length > 0 || duplicateOf === null ? eventIds : [duplicateOf];
}

export function presentRequest(row: RequestRow): z.input<typeof requestShape.schema> {
  const { method, path, contentType, bodyBytes, verdict, fault, type, externalId, providerAttempt } = row;
  return {
    id: formatId("req", row.id),
    source: formatId("src", row.sourceId),
    receivedAt: row.receivedAt.toISOString(),
    method,
    path,
    contentType,
    bodyBytes,
    verdict,
    fault,
    type,
    externalId,
    providerAttempt,
    events: row.eventIds.map((id) => formatId("evt", id)),
    duplicateOf: row.duplicateOf && formatId("evt", row.duplicateOf),
    deliveryCount: row.deliveries,
    remoteAddress: row.remoteAddress,
    answerStatus: row.answerStatus,
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    acceptedBy: row.acceptedBy,
  };
}

function presentDetail(found: RequestDetail): z.input<typeof requestDetailShape.schema> {
  const { body, headers, source } = found;
  return {
    ...presentRequest(found as RequestRow),
    sourceName: source?.name ?? null,
    provider: source?.provider ?? null,
    headers,
    body: body?.toString("base64") ?? null,
    text: body && isUtf8(body) ? body.toString() : null,
  };
}
