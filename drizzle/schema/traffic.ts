import { sql } from "drizzle-orm";
import { boolean, index, integer, json, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { DeliveryStatus, Outcome, Trigger } from "../../lib/delivery/outcomes.ts";
import { bytea, id, moment } from "./columns.ts";
import { workspaceId } from "./people.ts";

// In the order in which it happens. event, delivery and attempt are partitioned by day (see migrations/).

export const event = pgTable(
  "event",
  {
    id: id(),
    workspaceId: uuid("workspace_id").notNull(),
    type: text("type").notNull(),
    customer: text("customer"),
    /** The bytes of `data` exactly as they were sent. */
    payload: bytea("payload").notNull(),
    contentType: text("content_type").notNull().default("application/json"),
    /** The fields of a payload that is a form or XML, as JSON, for searches; null = it is JSON, or has none. */
    readable: text("readable"),
    /** When it happened, as the sender says; else when it was accepted. */
    occurredAt: moment("occurred_at").notNull(),
    /** JSON object of strings. */
    tags: json("tags").$type<Record<string, string>>(),
    idempotencyKey: text("idempotency_key"),
    /** Events with the same one are kept in order at endpoints with strict ordering. */
    orderingKey: text("ordering_key"),
    /** Not before this moment; null = at once. */
    deliverAt: moment("deliver_at"),
    /** What the schema found, when the type's enforcement is `warn`. */
    schemaWarning: text("schema_warning"),
    /** The source and the request it came with; null = an app posted it. */
    sourceId: uuid("source_id"),
    requestId: uuid("request_id"),
    /** Array of [name, value]: received headers that travel on, and who verified what; null = none. */
    forwarded: json("forwarded").$type<[string, string][]>(),
    /** The event this one was edited from, with Edit and replay. */
    editedFrom: uuid("edited_from"),
    /** Test sends and demos: left out of every statistic. */
    test: boolean("test").notNull().default(false),
  },
  (table) => [index("event_workspace").on(table.workspaceId, table.id)],
);

/** One row makes a call idempotent: `scope` is the workspace, or the source for what a provider sends. */
export const dedupeKey = pgTable(
  "dedupe_key",
  {
    scope: uuid("scope").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of what the call asked for. */
    fingerprint: bytea("fingerprint").notNull(),
    eventId: uuid("event_id").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.key] }), index("dedupe_key_expires").on(table.expiresAt)],
);

/** Refused ingest calls, without their bodies; bounded per workspace. */
export const refusedCall = pgTable(
  "refused_call",
  {
    id: id(),
    workspaceId: workspaceId(),
    apiKeyId: uuid("api_key_id"),
    code: text("code").notNull(),
    detail: text("detail").notNull(),
    path: text("path").notNull(),
    requestId: text("request_id").notNull(),
  },
  (table) => [index("refused_call_workspace").on(table.workspaceId, table.id)],
);

export const delivery = pgTable(
  "delivery",
  {
    id: id(),
    workspaceId: uuid("workspace_id").notNull(),
    eventId: uuid("event_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    customer: text("customer"),
    eventType: text("event_type").notNull(),
    status: text("status").$type<Exclude<DeliveryStatus, "sending">>().notNull().default("queued"),
    /** True from the first thing that goes wrong until it is delivered; false on the usual way, whose update then touches no index. */
    trouble: boolean("trouble").notNull().default(false),
    /** A runnable delivery has exactly one live job; a parked one has none until the releaser lets it out. */
    parked: boolean("parked").notNull().default(false),
    /** Let out by the releaser and not over yet: it counts against its endpoint's limits. */
    released: boolean("released").notNull().default(false),
    /** With strict ordering: the line it stands in, its event's ordering key; one line for those without. */
    lane: text("lane"),
    /** While it is parked: what makes its next attempt happen, and who asked for it; null = the event or the schedule. */
    nextTrigger: text("next_trigger").$type<Trigger>(),
    nextActor: text("next_actor"),
    attempts: integer("attempts").notNull().default(0),
    /** How many planned retries were used; manual and interrupted attempts use none. */
    scheduleStep: smallint("schedule_step").notNull().default(0),
    nextAttemptAt: moment("next_attempt_at"),
    lastOutcome: text("last_outcome").$type<Outcome>(),
    lastStatusCode: smallint("last_status_code"),
    lastDurationMs: integer("last_duration_ms"),
    /** Why it is held, failed or discarded, in words. */
    reason: text("reason"),
    replayOf: uuid("replay_of"),
    test: boolean("test").notNull().default(false),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    index("delivery_workspace").on(table.workspaceId, table.id),
    index("delivery_endpoint").on(table.endpointId, table.id),
    index("delivery_event").on(table.eventId),
    index("delivery_trouble").on(table.workspaceId, table.id).where(sql`${table.trouble}`),
    // Null lanes sort last, and one by one: the releaser reads `coalesce(lane, '')`.
    index("delivery_gate")
      .on(table.endpointId, table.parked, sql`coalesce(${table.lane}, '')`, table.id)
      .where(sql`${table.parked} or ${table.released}`),
  ],
);

/** Partitioned by its delivery's id, so that (delivery, number) can be its primary key. */
export const attempt = pgTable(
  "attempt",
  {
    deliveryId: uuid("delivery_id").notNull(),
    /** Counts calls, from 1. */
    number: integer("number").notNull(),
    startedAt: moment("started_at").notNull(),
    trigger: text("trigger").$type<Trigger>().notNull(),
    /** Who pressed retry: a user id or `key_…`. */
    actor: text("actor"),
    outcome: text("outcome").$type<Outcome>().notNull(),
    statusCode: smallint("status_code"),
    /** One sentence of fact about a failure, such as the certificate's fault. */
    detail: text("detail"),
    /** Milliseconds a phase took; null when it did not happen or the connection was reused. */
    dnsMs: integer("dns_ms"),
    connectMs: integer("connect_ms"),
    tlsMs: integer("tls_ms"),
    /** From the start of the call until the answer's head, the phases above included; null without an answer. */
    firstByteMs: integer("first_byte_ms"),
    totalMs: integer("total_ms").notNull(),
    reusedConnection: boolean("reused_connection").notNull().default(false),
    /** Arrays of [name, value]; the endpoint's own header values are masked. */
    requestHeaders: json("request_headers").$type<[string, string][]>(),
    responseHeaders: json("response_headers").$type<[string, string][]>(),
    /** At most 64 KiB. */
    responseBody: bytea("response_body"),
    responseCut: boolean("response_cut").notNull().default(false),
    remoteAddress: text("remote_address"),
    retryAfterSeconds: integer("retry_after_seconds"),
    /** The `webhook-id` of a request that carried several deliveries; null = this one alone. */
    batchId: text("batch_id"),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number] })],
);

/** What only one worker does at a time, whose it is, and until when: a worker that stands still loses it. */
export const lease = pgTable("lease", {
  name: text("name").primaryKey(),
  holder: uuid("holder").notNull(),
  until: moment("until").notNull(),
});

/** Counts per minute (folded into hours after two days), one row per worker slot, so that workers do not wait for each other. */
export const deliveryStat = pgTable(
  "delivery_stat",
  {
    workspaceId: uuid("workspace_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    eventType: text("event_type").notNull(),
    bucket: moment("bucket").notNull(),
    slot: smallint("slot").notNull(),
    /** Deliveries by their final state. */
    delivered: integer("delivered").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    /** Attempts that failed and left a retry behind. */
    retried: integer("retried").notNull().default(0),
    /** Attempts per latency bucket, see LATENCY_BOUNDS_MS. */
    latency: integer("latency").array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.bucket, table.endpointId, table.eventType, table.slot] }),
  ],
);
