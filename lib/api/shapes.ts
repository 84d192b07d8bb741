import { z } from "zod";
import { ITEM_STATES, type ItemState, JOB_KINDS, JOB_ORDERS, JOB_STATUSES } from "../bulk-jobs/scope.ts";
import { DELIVERY_STATUSES, OUTCOMES, TRIGGERS } from "../delivery/outcomes.ts";
import { CIRCUITS, ENDPOINT_STATUSES, FORMATS, METHODS, ORDERINGS, SIGNATURES } from "../endpoints/states.ts";
import { ENFORCEMENTS } from "../event-types/enforcement.ts";
import type { Shape } from "./route.ts";

// What answers look like. The tests hold every answer against these.

export const moment = z.iso.datetime();
export const idOf = (prefix: string) => z.string().meta({ description: `An id that starts with ${prefix}_` });
export const fields = z.array(z.tuple([z.string(), z.string()])).meta({
  openapi: { type: "array", items: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 2 } },
});
const json = z.unknown().meta({ description: "Any JSON value" });

export const eventTypeShape = {
  name: "EventType",
  schema: z.object({
    name: z.string(),
    description: z.string(),
    enforcement: z.enum(ENFORCEMENTS),
    retrySchedule: z.array(z.int()).nullable(),
    version: z.int().meta({ description: "Rises with every change of schema or example; 0 while there is neither." }),
    schema: json,
    example: json,
    subscribers: z.int(),
    archived: z.boolean(),
    createdAt: moment,
  }),
} satisfies Shape;

export const endpointShape = {
  name: "Endpoint",
  schema: z.object({
    id: idOf("ep"),
    url: z.string(),
    description: z.string(),
    customer: z.string().nullable(),
    subscriptions: z.array(z.string()),
    headers: z.record(z.string(), z.string()).meta({ description: "Every value is shown as ••••••••." }),
    timeoutSeconds: z.int(),
    retrySchedule: z.array(z.int()).nullable(),
    expectedStatuses: z.array(z.int()),
    authentication: z
      .discriminatedUnion("type", [
        z.object({ type: z.literal("basic"), username: z.string(), password: z.string() }),
        z.object({ type: z.literal("bearer"), token: z.string() }),
        z.object({
          type: z.literal("oauth2"),
          tokenUrl: z.string(),
          clientId: z.string(),
          clientSecret: z.string(),
          scope: z.string(),
          audience: z.string(),
          clientAuthentication: z.enum(["header", "body"]),
        }),
      ])
      .nullable()
      .meta({ description: "Its secret is shown as ••••••••." }),
    clientCertificate: z
      .object({ certificate: z.string(), key: z.string() })
      .nullable()
      .meta({ description: "Its key is shown as ••••••••." }),
    signature: z.enum(SIGNATURES),
    format: z.enum(FORMATS),
    method: z.enum(METHODS),
    maxAgeSeconds: z.int().nullable(),
    rateLimit: z.number().nullable(),
    rateBurst: z.int().nullable(),
    maxInFlight: z.int().nullable(),
    ordering: z.enum(ORDERINGS),
    batchSize: z.int().nullable(),
    batchSeconds: z.int().nullable(),
    filter: z.record(z.string(), z.unknown()).nullable(),
    transformation: z.string().nullable(),
    circuit: z.enum(CIRCUITS),
    circuitReason: z.string().nullable(),
    circuitSince: moment.nullable(),
    probeAt: moment.nullable().meta({ description: "When the next probe may go, while the circuit is open." }),
    slowedUntil: moment
      .nullable()
      .meta({ description: "The receiver asked for a pause: nothing goes out before, if it lies ahead." }),
    status: z.enum(ENDPOINT_STATUSES),
    statusReason: z.string().nullable(),
    statusSince: moment,
    createdAt: moment,
  }),
} satisfies Shape;

const trialShape = z.object({
  result: z.enum(["changed", "unchanged", "dropped", "failed", "not_run"]),
  problem: z.string().nullable(),
  difference: z
    .object({
      lines: z.array(z.object({ sign: z.enum(["+", "-", " "]), text: z.string() })),
      cut: z.boolean().meta({ description: "More differs than is shown." }),
    })
    .nullable(),
});

export const backTestShape = {
  name: "BackTest",
  schema: z.object({
    matched: z.int(),
    events: z.array(
      z.object({
        id: idOf("evt"),
        type: z.string(),
        at: moment,
        matches: z.boolean(),
        reason: z.string().nullable().meta({ description: "Why the filter does not want it." }),
        transformation: trialShape.nullable(),
      }),
    ),
  }),
} satisfies Shape;

export const secretShape = {
  name: "SigningSecret",
  schema: z.object({
    secret: z.string().meta({
      description: "What a receiver verifies with: whsec_…, or with ed25519 signatures the public key whpk_….",
    }),
    previous: z
      .array(z.object({ secret: z.string(), expiresAt: moment }))
      .meta({ description: "Older secrets that still sign beside it." }),
  }),
} satisfies Shape;

export const rotatedShape = {
  name: "RotatedSecret",
  schema: z.object({ secret: z.string(), previousExpiresAt: moment }),
} satisfies Shape;

export const deliveryShape = {
  name: "Delivery",
  schema: z.object({
    id: idOf("dlv"),
    event: idOf("evt"),
    endpoint: idOf("ep"),
    type: z.string(),
    customer: z.string().nullable(),
    status: z.enum(DELIVERY_STATUSES),
    attemptCount: z.int(),
    maxAttempts: z.int(),
    nextAttemptAt: moment.nullable(),
    lastOutcome: z.enum(OUTCOMES).nullable(),
    lastStatusCode: z.int().nullable(),
    lastDurationMs: z.int().nullable(),
    reason: z.string().nullable(),
    replayOf: idOf("dlv").nullable(),
    test: z.boolean(),
    createdAt: moment,
    finishedAt: moment.nullable(),
  }),
} satisfies Shape;

export const attemptShape = {
  name: "Attempt",
  schema: z.object({
    number: z.int(),
    startedAt: moment,
    trigger: z.enum(TRIGGERS),
    actor: z.string().nullable(),
    outcome: z.enum(OUTCOMES),
    statusCode: z.int().nullable(),
    detail: z.string().nullable(),
    phases: z.object({
      dnsMs: z.int().nullable(),
      connectMs: z.int().nullable(),
      tlsMs: z.int().nullable(),
      firstByteMs: z.int().nullable(),
      totalMs: z.int(),
    }),
    reusedConnection: z.boolean(),
    requestHeaders: fields,
    responseHeaders: fields,
    responseBody: z.string().nullable(),
    responseEncoding: z.enum(["utf-8", "base64"]).meta({ description: "Bytes that are no text come as base64." }),
    responseCut: z.boolean(),
    remoteAddress: z.string().nullable(),
    retryAfterSeconds: z.int().nullable(),
    batchId: z
      .string()
      .nullable()
      .meta({ description: "The webhook-id of a request that carried several deliveries; null = this one alone." }),
  }),
} satisfies Shape;

export const deliveryDetailShape = {
  name: "DeliveryWithAttempts",
  schema: deliveryShape.schema.extend({ attempts: z.array(attemptShape.schema) }),
} satisfies Shape;

export const eventShape = {
  name: "Event",
  schema: z.object({
    id: idOf("evt"),
    type: z.string(),
    customer: z.string().nullable(),
    timestamp: moment.meta({ description: "When it happened, as the sender says; else when it was accepted." }),
    acceptedAt: moment,
    idempotencyKey: z.string().nullable(),
    orderingKey: z.string().nullable(),
    deliverAt: moment.nullable().meta({ description: "Its deliveries go out no earlier; null = at once." }),
    schemaWarning: z.string().nullable(),
    source: idOf("src").nullable().meta({ description: "The source it came from; null = an app posted it." }),
    request: idOf("req").nullable(),
    test: z.boolean(),
  }),
} satisfies Shape;

export const eventDetailShape = {
  name: "EventWithDeliveries",
  schema: eventShape.schema.extend({
    tags: z.record(z.string(), z.string()).nullable(),
    contentType: z.string(),
    deliveries: z.array(deliveryShape.schema),
    data: json,
  }),
} satisfies Shape;

export const replayedShape = {
  name: "Replayed",
  schema: z.object({ deliveries: z.array(idOf("dlv")) }),
} satisfies Shape;

export const bulkJobShape = {
  name: "BulkJob",
  schema: z.object({
    id: idOf("job"),
    kind: z.enum(JOB_KINDS),
    status: z.enum(JOB_STATUSES),
    sentence: z.string().meta({ description: "What it runs over, in words." }),
    order: z.enum(JOB_ORDERS),
    pace: z.int().nullable(),
    total: z.int().meta({ description: "Rows that match; while it is counting, those counted so far." }),
    done: z.int(),
    counts: z
      .object(Object.fromEntries(ITEM_STATES.map((state) => [state, z.int()])) as Record<ItemState, z.ZodInt>)
      .meta({ description: "Of `total`: `waiting` and `open` (in line or sending) are still to come." }),
    startedBy: z.string(),
    createdAt: moment,
    startedAt: moment.nullable(),
    finishedAt: moment.nullable(),
  }),
} satisfies Shape;

export const problemShape = {
  name: "Problem",
  schema: z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: "Stable; apps may branch on it." }),
    detail: z.string().meta({ description: "A sentence that says what to do." }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  }),
} satisfies Shape;
