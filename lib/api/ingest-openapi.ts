import { z } from "zod";
import { DELIVERY_STATUSES, OUTCOMES } from "../delivery/outcomes.ts";
import { MAX_WAIT_SECONDS } from "../doors/preferences.ts";
import { eventInput } from "../ingest/input.ts";
import { MAX_BATCH_EVENTS } from "../ingest/limits.ts";
import { problemResponses } from "./openapi-problems.ts";
import type { ProblemCode } from "./problem.ts";
import type { Shape } from "./route.ts";

// What the door in front of Next answers, for the OpenAPI document alone.

const outcome = z.object({
  id: z.string().meta({ description: "The delivery's id, dlv_…" }),
  endpoint: z.string().meta({ description: "The endpoint's id, ep_…" }),
  status: z.enum(DELIVERY_STATUSES),
  attemptCount: z.int(),
  lastOutcome: z.enum(OUTCOMES).nullable(),
  lastStatusCode: z.int().nullable(),
  lastDurationMs: z.int().nullable(),
  reason: z.string().nullable().meta({ description: "Why it is held, failed or discarded" }),
});

const accepted = z.object({
  id: z.string().meta({ description: "The event's id, evt_…" }),
  type: z.string(),
  deliveries: z.int().optional().meta({ description: "How many endpoints get it; not said of a duplicate" }),
  duplicate: z.boolean().meta({ description: "Whether an earlier call with this key made the event" }),
  complete: z.boolean().optional().meta({
    description: "With `Prefer: wait`: whether no delivery waits for its first attempt any more",
  }),
  outcomes: z.array(outcome).optional().meta({ description: "With `Prefer: wait`: how the deliveries stand" }),
});

const batch = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  refused: z.int(),
  data: z.array(
    z.object({
      status: z.int().meta({ description: "What the event alone would have been answered with" }),
      id: z.string().optional(),
      type: z.string().optional(),
      deliveries: z.int().optional(),
      duplicate: z.boolean().optional(),
      code: z.string().optional(),
      detail: z.string().optional(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  ),
});

/** Described, not checked: lib/ingest/cloud-events.ts reads it. */
const cloudEvent = z
  .looseObject({
    specversion: z.literal("1.0"),
    id: z.string(),
    source: z.string().meta({ description: "With `id` it makes the call safe to repeat for 24 hours. Kept as a tag" }),
    type: z.string().meta({ description: "The name of the event type" }),
    time: z.string().optional().meta({ format: "date-time" }),
    subject: z.string().optional().meta({ description: "Kept as a tag, as `dataschema` and all extensions are" }),
    datacontenttype: z.string().optional().meta({ description: "application/json when absent" }),
    data: z.unknown().optional().meta({ description: "Any JSON value; text, as a string, where the type is not JSON" }),
    data_base64: z.string().optional().meta({ description: "The data's bytes, instead of `data`" }),
    customer: z.string().optional().meta({ description: "An extension: what `customer` is in EventInput" }),
    partitionkey: z.string().optional().meta({ description: "An extension: what `orderingKey` is in EventInput" }),
    deliverat: z
      .string()
      .optional()
      .meta({ description: "An extension: what `deliverAt` is in EventInput", format: "date-time" }),
  })
  .meta({ description: "A CloudEvent, version 1.0. Null is as good as absent" });

export const INGEST_SHAPES: { inputs: Shape[]; answers: Shape[] } = {
  inputs: [
    { name: "EventInput", schema: eventInput },
    { name: "CloudEvent", schema: cloudEvent },
  ],
  answers: [
    { name: "AcceptedEvent", schema: accepted },
    { name: "BatchAnswer", schema: batch },
  ],
};

const EITHER: ProblemCode[] = [
  "invalid_json",
  "unauthenticated",
  "scope_missing",
  "timeout",
  "too_large",
  "unsupported_media_type",
  "overloaded",
  "uncertain",
];
const ONE: ProblemCode[] = [
  "invalid_parameter",
  "idempotency_key_conflict",
  "invalid_field",
  "unknown_event_type",
  "archived_event_type",
  "schema_mismatch",
  "idempotency_key_reused",
];

const acceptedContent = { "application/json": { schema: { $ref: "#/components/schemas/AcceptedEvent" } } };
const batchContent = { "application/json": { schema: { $ref: "#/components/schemas/BatchAnswer" } } };
const waited = {
  "Preference-Applied": {
    description: "`wait=N`: for how many seconds the outcomes were waited for at most",
    schema: { type: "string" },
  },
};
const eventSchema = { $ref: "#/components/schemas/EventInput" };
const cloudSchema = { $ref: "#/components/schemas/CloudEvent" };
const cloudBatch = { type: "array", maxItems: MAX_BATCH_EVENTS, items: cloudSchema };

export const INGEST_PATHS: Record<string, Record<string, unknown>> = {
  "/events": {
    post: {
      operationId: "postEvent",
      summary: "Post an event",
      description: [
        "Needs the scope `ingest`. Answered after the event and its deliveries are stored for good.",
        "CloudEvents 1.0 are taken too: as JSON, several at once as `/events/batch` answers them, or with their",
        "attributes in `ce-` headers (percent-encoded) and the data as the body, whatever its type.",
      ].join(" "),
      tags: ["events"],
      parameters: [
        {
          name: "Idempotency-Key",
          in: "header",
          required: false,
          description: "Makes the call safe to repeat for 24 hours; the field `id` does the same.",
          schema: { type: "string", maxLength: 255 },
        },
        {
          name: "Prefer",
          in: "header",
          required: false,
          description: `\`wait=N\` (RFC 7240): answer when every delivery has had its first attempt, or after N seconds, at most ${MAX_WAIT_SECONDS}. \`Preference-Applied\` in the answer says that it was waited for.`,
          schema: { type: "string", examples: ["wait=10"] },
        },
      ],
      requestBody: {
        required: true,
        content: {
          "application/json": { schema: eventSchema },
          "application/cloudevents+json": { schema: cloudSchema },
          "application/cloudevents-batch+json": { schema: cloudBatch },
        },
      },
      responses: {
        200: { description: "The same event was posted before", content: acceptedContent, headers: waited },
        202: { description: "Accepted", content: acceptedContent, headers: waited },
        ...problemResponses([...EITHER, ...ONE]),
      },
    },
  },
  "/events/batch": {
    post: {
      operationId: "postEvents",
      summary: `Post up to ${MAX_BATCH_EVENTS} events`,
      description:
        "Needs the scope `ingest`. A JSON array, or one event a line. All or none, unless `partial` is true.",
      tags: ["events"],
      parameters: [
        {
          name: "partial",
          in: "query",
          required: false,
          description: "Store the valid events and name the others",
          schema: { type: "boolean" },
        },
      ],
      requestBody: {
        required: true,
        content: {
          "application/json": { schema: { type: "array", maxItems: MAX_BATCH_EVENTS, items: eventSchema } },
          "application/x-ndjson": { schema: { type: "string" } },
          "application/cloudevents-batch+json": { schema: cloudBatch },
        },
      },
      responses: {
        200: { description: "All were posted before", content: batchContent },
        202: { description: "Accepted", content: batchContent },
        207: { description: "With `partial`: some were refused", content: batchContent },
        ...problemResponses([...EITHER, "batch_refused"]),
      },
    },
  },
};
