import { sql } from "drizzle-orm";
import { boolean, index, integer, json, pgTable, primaryKey, real, smallint, text, uuid } from "drizzle-orm/pg-core";
import { bytea, createdAt, id, moment } from "./columns.ts";
import { endpoint } from "./configuration.ts";
import { user, workspaceId } from "./people.ts";

/** A counted, watchable, stoppable retry or replay over a filter; carried out by the workers, window by window. */
export const bulkJob = pgTable(
  "bulk_job",
  {
    id: id(),
    workspaceId: workspaceId(),
    kind: text("kind", { enum: ["retry", "replay"] }).notNull(),
    status: text("status", { enum: ["counting", "running", "done", "done_with_errors", "stopped"] })
      .notNull()
      .default("counting"),
    /** What it runs over, in a sentence, as it was when it was started. */
    sentence: text("sentence").notNull(),
    /** What it runs over and how, see lib/bulk-jobs. */
    scope: json("scope").notNull(),
    /** Per second and endpoint; null = as the endpoint's own limits allow. */
    pace: integer("pace"),
    /** Whom the attempts are attributed to: a user id or `key_…`. */
    actor: text("actor").notNull(),
    actorName: text("actor_name").notNull(),
    /** Matching rows, counted before the first is touched. */
    total: integer("total").notNull().default(0),
    /** Where the count goes on: the last row that was taken down. */
    cursor: uuid("cursor"),
    stoppedBy: text("stopped_by"),
    /** When the first row was touched, and since when it runs without a stop, with what was over by then. */
    startedAt: moment("started_at"),
    runSince: moment("run_since"),
    overBefore: integer("over_before").notNull().default(0),
    finishedAt: moment("finished_at"),
    createdAt: createdAt(),
  },
  (table) => [index("bulk_job_workspace").on(table.workspaceId, table.id)],
);

/** How far a bulk job is with one endpoint; always the sums of its items there, written in the same transactions. */
export const bulkJobEndpoint = pgTable(
  "bulk_job_endpoint",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => bulkJob.id, { onDelete: "cascade" }),
    endpointId: uuid("endpoint_id").notNull(),
    waiting: integer("waiting").notNull().default(0),
    open: integer("open").notNull().default(0),
    delivered: integer("delivered").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    retrying: integer("retrying").notNull().default(0),
    discarded: integer("discarded").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    /** With a pace: what may be put to work, and the moment it was counted at. */
    tokens: real("tokens"),
    tokensAt: moment("tokens_at"),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.endpointId] }),
    index("bulk_job_endpoint_unfinished").on(table.jobId).where(sql`${table.waiting} + ${table.open} > 0`),
  ],
);

/** What a bulk job does with one delivery. */
export const bulkJobItem = pgTable(
  "bulk_job_item",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => bulkJob.id, { onDelete: "cascade" }),
    /** The delivery that is retried, or that a replay makes. */
    deliveryId: uuid("delivery_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    /** Of a replay: the event that is delivered anew. */
    eventId: uuid("event_id"),
    /** `waiting` until it is put in line, then `open`; after that how its attempt ended, or that there was none. */
    state: text("state", { enum: ["waiting", "open", "delivered", "failed", "retrying", "discarded", "skipped"] })
      .notNull()
      .default("waiting"),
    /** Why it was left out. */
    skipped: text("skipped"),
    /** What the delivery was when it was put in line: later attempts are the job's doing, and a stop gives it back. */
    attemptsBefore: integer("attempts_before").notNull().default(0),
    statusBefore: text("status_before"),
    reasonBefore: text("reason_before"),
    finishedBefore: moment("finished_before"),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.deliveryId] }),
    index("bulk_job_item_unfinished")
      .on(table.jobId, table.endpointId, table.state, table.deliveryId)
      .where(sql`${table.state} in ('waiting', 'open')`),
  ],
);

/** A list's filters and columns under a name, for everybody in the workspace. */
export const savedView = pgTable(
  "saved_view",
  {
    id: id(),
    workspaceId: workspaceId(),
    /** Which list it belongs to, such as `deliveries`. */
    list: text("list").notNull(),
    name: text("name").notNull(),
    /** The list's address after the `?`. */
    query: text("query").notNull(),
    createdBy: uuid("created_by").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [index("saved_view_workspace").on(table.workspaceId, table.list)],
);

/** Lets whoever has the link read one delivery, redacted, until it ends. Only the hash of its token is kept. */
export const shareLink = pgTable(
  "share_link",
  {
    id: id(),
    workspaceId: workspaceId(),
    tokenHash: bytea("token_hash").notNull().unique(),
    deliveryId: uuid("delivery_id").notNull(),
    /** Whether bodies are shown too; header values of ours never are. */
    showsBodies: boolean("shows_bodies").notNull().default(false),
    createdBy: uuid("created_by").references(() => user.id, { onDelete: "set null" }),
    expiresAt: moment("expires_at").notNull(),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
  },
  (table) => [index("share_link_delivery").on(table.deliveryId)],
);

/** An event to send from the playground, kept under a name for everybody in the workspace. */
export const template = pgTable(
  "template",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    eventType: text("event_type").notNull(),
    /** JSON text, exactly as it was written. */
    payload: text("payload").notNull(),
    createdBy: uuid("created_by").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [index("template_workspace").on(table.workspaceId, table.id)],
);

/** A call that the playground or a verification made at once, outside any delivery; bounded per workspace. */
export const trialCall = pgTable(
  "trial_call",
  {
    id: id(),
    workspaceId: workspaceId(),
    endpointId: uuid("endpoint_id"),
    /** As shown: never with a password or a token in it. */
    url: text("url").notNull(),
    eventType: text("event_type").notNull(),
    actor: text("actor").notNull(),
    actorName: text("actor_name").notNull(),
    /** The request as it was sent, with masked header values, and what came of it: see lib/playground. */
    request: json("request").notNull(),
    result: json("result").notNull(),
    outcome: text("outcome").notNull(),
    statusCode: smallint("status_code"),
    totalMs: integer("total_ms"),
    createdAt: createdAt(),
  },
  (table) => [index("trial_call_workspace").on(table.workspaceId, table.id)],
);

/** How the built-in receiver answers an endpoint of the product's own: status, delay, flake rate and the like. */
export const receiverAnswer = pgTable("receiver_answer", {
  endpointId: uuid("endpoint_id")
    .primaryKey()
    .references(() => endpoint.id, { onDelete: "cascade" }),
  /** See lib/receiver. */
  answer: json("answer").notNull(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** What the built-in receiver got and answered; bounded per endpoint. */
export const receivedCall = pgTable(
  "received_call",
  {
    id: id(),
    workspaceId: workspaceId(),
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => endpoint.id, { onDelete: "cascade" }),
    method: text("method").notNull(),
    path: text("path").notNull(),
    headers: json("headers").$type<[string, string][]>().notNull(),
    /** At most 64 KiB. */
    body: bytea("body").notNull(),
    bodyBytes: integer("body_bytes").notNull(),
    verified: boolean("verified").notNull(),
    /** What it answered; null = it closed the connection. */
    statusCode: smallint("status_code"),
    /** Milliseconds it waited before it answered. */
    delayMs: integer("delay_ms").notNull().default(0),
  },
  (table) => [index("received_call_endpoint").on(table.endpointId, table.id)],
);
