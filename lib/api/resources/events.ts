import { z } from "zod";
import { isJson } from "../../formats/content-type.ts";
import { formatId, parseId } from "../../ids.ts";
import { replayEvent } from "../../replay/replay.ts";
import { type EventDetail, type EventRow, findEvent, listEvents } from "../../reports/events.ts";
import { listAnswer, pageOf, pageQuery, textParameter } from "../cursor.ts";
import { fieldRefusal } from "../issues.ts";
import { refusal } from "../problem.ts";
import { type Answer, route } from "../route.ts";
import { eventDetailShape, eventShape, replayedShape } from "../shapes.ts";
import { idParameter, PATIENCE_MS, presentDelivery, rangeOf, timeRange } from "./deliveries.ts";

const NOT_FOUND = refusal("not_found", "There is no such event");

const query = z.strictObject({
  ...pageQuery,
  ...timeRange,
  type: textParameter(128),
  customer: textParameter(256),
  source: idParameter("src"),
});

const replayInput = z.strictObject({
  endpoint: z
    .string()
    .max(64)
    .optional()
    .meta({ description: "An endpoint's id; left out, all that subscribe to the event." }),
});

export const eventRoutes = [
  route({
    method: "GET",
    path: "/events",
    operation: "listEvents",
    summary: "List events, the newest first",
    scope: "read",
    params: {},
    query,
    answer: { status: 200, shape: eventShape, list: true },
    problems: ["invalid_parameter"],
    handle: async ({ workspaceId, query: { type, customer, source, ...asked } }) => {
      const page = { ...pageOf(asked, "evt"), effort: { patienceMs: PATIENCE_MS } };
      const rows = await listEvents(workspaceId, { type, customer, sourceId: source, ...rangeOf(asked) }, page);
      return listAnswer(rows, "evt", presentEvent);
    },
  }),
  route({
    method: "GET",
    path: "/events/{id}",
    operation: "getEvent",
    summary: "Get an event with its data, exactly as it was sent, and its deliveries",
    scope: "read",
    params: { id: "evt" },
    answer: { status: 200, shape: eventDetailShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, params: { id = "" } }) => {
      const found = await findEvent(workspaceId, id);
      return found ? presentDetail(found) : NOT_FOUND;
    },
  }),
  route({
    method: "POST",
    path: "/events/{id}/replay",
    operation: "replayEvent",
    summary: "Deliver a stored event again",
    scope: "retry",
    params: { id: "evt" },
    body: { name: "ReplayInput", schema: replayInput },
    answer: { status: 202, shape: replayedShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" }, body: { endpoint } }) => {
      const endpointId = endpoint === undefined ? undefined : parseId("ep", endpoint);
      if (endpointId === null) return fieldRefusal("endpoint", "Give an id that starts with ep_");
      const replayed = await replayEvent(workspaceId, id, author, endpointId);
      if (replayed.result === "not_found") return NOT_FOUND;
      if (replayed.result === "replayed") {
        return { body: { deliveries: replayed.deliveryIds.map((each) => formatId("dlv", each)) } };
      }
      if (endpoint === undefined) return refusal("conflict", "No active endpoint subscribes to this event");
      return fieldRefusal("endpoint", "There is no such endpoint that can get this event");
    },
  }),
];

type Shown = Pick<
  EventRow,
  | "id"
  | "type"
  | "customer"
  | "occurredAt"
  | "idempotencyKey"
  | "orderingKey"
  | "deliverAt"
  | "schemaWarning"
  | "sourceId"
  | "requestId"
  | "test"
> & {
  acceptedAt: Date;
};

function presentEvent(row: Shown): z.input<typeof eventShape.schema> {
  return {
    id: formatId("evt", row.id),
    type: row.type,
    customer: row.customer,
    timestamp: row.occurredAt.toISOString(),
    acceptedAt: row.acceptedAt.toISOString(),
    idempotencyKey: row.idempotencyKey,
    orderingKey: row.orderingKey,
    deliverAt: row.deliverAt?.toISOString() ?? null,
    schemaWarning: row.schemaWarning,
    source: row.sourceId && formatId("src", row.sourceId),
    request: row.requestId && formatId("req", row.requestId),
    test: row.test,
  };
}

function presentDetail(found: EventDetail): Answer {
  const { tags, contentType, payload } = found;
  const deliveries = found.deliveries.map(presentDelivery);
  const json = isJson(contentType);
  return {
    body: {
      ...presentEvent(found),
      tags,
      contentType,
      deliveries,
      ...(!json && { data: payload.toString("base64") }),
    },
    ...(json && { verbatim: { data: payload } }),
  };
}
