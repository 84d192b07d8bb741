import { isUtf8 } from "node:buffer";
import { z } from "zod";
import { formatId, parseId } from "../../ids.ts";
import { cancelDelivery } from "../../replay/cancel.ts";
import { retryDelivery } from "../../replay/retry.ts";
import { type DeliveryRow, listDeliveries } from "../../reports/deliveries.ts";
import { findDelivery, listWholeAttempts, type WholeAttempt } from "../../reports/delivery.ts";
import { listAnswer, pageOf, pageQuery, textParameter } from "../cursor.ts";
import { refusal } from "../problem.ts";
import { route } from "../route.ts";
import { type attemptShape, deliveryDetailShape, deliveryShape } from "../shapes.ts";

/** What can be asked for; `sending` is known only while it lasts and belongs to `queued` and `retrying`. */
const FILTER_STATUSES = ["queued", "delivered", "retrying", "failed", "held", "discarded"] as const;
/** An app waits longer than a person does before it gets a page that is not full. */
export const PATIENCE_MS = 5_000;
const NOT_FOUND = refusal("not_found", "There is no such delivery");

/** An id in the query string, as the database knows it. */
export function idParameter(prefix: "ep" | "evt" | "src") {
  return z
    .string()
    .transform((text, context) => {
      const id = parseId(prefix, text);
      if (!id) context.addIssue({ code: "custom", message: `Give an id that starts with ${prefix}_` });
      return id ?? "";
    })
    .optional();
}

export const timeRange = {
  from: z.iso.datetime({ offset: true, error: "Give a time such as 2026-01-31T08:00:00Z" }).optional(),
  to: z.iso.datetime({ offset: true, error: "Give a time such as 2026-01-31T08:00:00Z" }).optional(),
};

export function rangeOf({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return { from: from ? new Date(from) : null, to: to ? new Date(to) : null };
}

const query = z.strictObject({
  ...pageQuery,
  ...timeRange,
  status: z.enum(FILTER_STATUSES).optional(),
  endpoint: idParameter("ep"),
  event: idParameter("evt"),
  type: textParameter(128),
  customer: textParameter(256),
});

export const deliveryRoutes = [
  route({
    method: "GET",
    path: "/deliveries",
    operation: "listDeliveries",
    summary: "List deliveries, the newest first",
    scope: "read",
    params: {},
    query,
    answer: { status: 200, shape: deliveryShape, list: true },
    problems: ["invalid_parameter"],
    handle: async ({ workspaceId, query: { status, endpoint, event, type, customer, ...asked } }) => {
      const filter = { endpointId: endpoint, eventId: event, eventType: type, customer, ...rangeOf(asked) };
      const rows = await listDeliveries(
        workspaceId,
        { ...filter, status: status ? [status] : null },
        { ...pageOf(asked, "dlv"), effort: { patienceMs: PATIENCE_MS } },
      );
      return listAnswer(rows, "dlv", presentDelivery);
    },
  }),
  route({
    method: "GET",
    path: "/deliveries/{id}",
    operation: "getDelivery",
    summary: "Get a delivery with its attempts",
    scope: "read",
    params: { id: "dlv" },
    answer: { status: 200, shape: deliveryDetailShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, params: { id = "" } }) => {
      const found = await findDelivery(workspaceId, id);
      if (!found) return NOT_FOUND;
      const attempts = await listWholeAttempts(found.id);
      return { body: { ...presentDelivery(found), attempts: attempts.map(presentAttempt) } };
    },
  }),
  route({
    method: "POST",
    path: "/deliveries/{id}/retry",
    operation: "retryDelivery",
    summary: "Make a further attempt now",
    scope: "retry",
    params: { id: "dlv" },
    answer: { status: 202, shape: deliveryShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const result = await retryDelivery(workspaceId, id, author);
      const found = result === "not_found" ? null : await findDelivery(workspaceId, id);
      if (!found) return NOT_FOUND;
      if (result === "queued") return { body: presentDelivery(found) };
      if (result === "out_of_turn") {
        return refusal("conflict", "Its endpoint keeps an order, and others are before it: cancel those, or wait");
      }
      const detail = `It is ${found.status} and cannot be retried now: resume its endpoint if that is paused or disabled, or wait until an attempt on its way is over`;
      return refusal("conflict", detail);
    },
  }),
  route({
    method: "POST",
    path: "/deliveries/{id}/cancel",
    operation: "cancelDelivery",
    summary: "Give up a delivery that is not over; a call on its way is not cut off",
    scope: "retry",
    params: { id: "dlv" },
    answer: { status: 200, shape: deliveryShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const result = await cancelDelivery(workspaceId, id, author);
      const found = result === "not_found" ? null : await findDelivery(workspaceId, id);
      if (!found) return NOT_FOUND;
      if (result === "cancelled") return { body: presentDelivery(found) };
      return refusal("conflict", `This delivery is over already: it is ${found.status}`);
    },
  }),
];

export function presentDelivery(row: DeliveryRow): z.input<typeof deliveryShape.schema> {
  const { customer, status, maxAttempts, lastOutcome, lastStatusCode, lastDurationMs, reason, test } = row;
  return {
    id: formatId("dlv", row.id),
    event: formatId("evt", row.eventId),
    endpoint: formatId("ep", row.endpointId),
    type: row.eventType,
    customer,
    status,
    attemptCount: row.attempts,
    maxAttempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastOutcome,
    lastStatusCode,
    lastDurationMs,
    reason,
    replayOf: row.replayOf && formatId("dlv", row.replayOf),
    test,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function presentAttempt(row: WholeAttempt): z.input<typeof attemptShape.schema> {
  const { number, trigger, actor, outcome, statusCode, detail, reusedConnection, responseCut } = row;
  const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = row;
  const encoding = row.responseBody && !isUtf8(row.responseBody) ? "base64" : "utf-8";
  return {
    number,
    startedAt: row.startedAt.toISOString(),
    trigger,
    actor,
    outcome,
    statusCode,
    detail,
    phases: { dnsMs, connectMs, tlsMs, firstByteMs, totalMs },
    reusedConnection,
    requestHeaders: row.requestHeaders ?? [],
    responseHeaders: row.responseHeaders ?? [],
    responseBody: row.responseBody?.toString(encoding) ?? null,
    responseEncoding: encoding,
    responseCut,
    remoteAddress: row.remoteAddress,
    retryAfterSeconds: row.retryAfterSeconds,
    batchId: row.batchId,
  };
}
