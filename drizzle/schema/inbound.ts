import { sql } from "drizzle-orm";
import {
  doublePrecision,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ProviderName } from "../../lib/providers/names.ts";
import type { Settings } from "../../lib/providers/settings.ts";
import type { MissingState, RequestFault, SourceAnswer, SourceStatus, Verdict } from "../../lib/sources/states.ts";
import { bytea, createdAt, id, moment } from "./columns.ts";
import { endpoint } from "./configuration.ts";
import { workspaceId } from "./people.ts";

/** An inbound URL for one provider. */
export const source = pgTable(
  "source",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    provider: text("provider").$type<ProviderName>().notNull(),
    /** The end of its URL: `/in/{token}`. Who knows it may post, so it is masked wherever it is not asked for. */
    token: text("token").notNull().unique(),
    settings: json("settings").$type<Settings>().notNull().default({}),
    /** What accepted calls are answered with; null = 200 with an empty body. */
    answer: json("answer").$type<SourceAnswer>(),
    /** Ranges that calls may come from; empty = anywhere. */
    allowCidrs: text("allow_cidrs").array().notNull().default(sql`'{}'`),
    /** Calls per second that one web process takes; null = no limit. */
    rateLimit: doublePrecision("rate_limit"),
    /** Lower-case names of received headers that travel on to endpoints. */
    forwardHeaders: text("forward_headers").array().notNull().default(sql`'{}'`),
    /** What stands before the provider's type: `stripe` makes `stripe.invoice.paid`; empty = nothing. */
    typePrefix: text("type_prefix").notNull(),
    /** The provider's types that become another event type, as [theirs, ours]. */
    typeMap: json("type_map").$type<[string, string][]>().notNull().default([]),
    /** Where the customer's id stands in the body, as a dotted path; null = events belong to no customer. */
    customerAt: text("customer_at"),
    /** Whose answer the caller gets, when it comes in time; null = the caller is answered at once. */
    syncEndpointId: uuid("sync_endpoint_id").references(() => endpoint.id, { onDelete: "set null" }),
    syncTimeoutMs: integer("sync_timeout_ms").notNull().default(2_500),
    /** Lower-case names of the endpoint's headers that the caller gets, beside `content-type`. */
    syncHeaders: text("sync_headers").array().notNull().default(sql`'{}'`),
    status: text("status").$type<SourceStatus>().notNull().default("active"),
    statusSince: moment("status_since").notNull().defaultNow(),
    /** Raised by every change, its secrets' included: what the door assumed is checked against it before a commit. */
    version: integer("version").notNull().default(1),
    deletedAt: moment("deleted_at"),
    createdAt: createdAt(),
  },
  (table) => [index("source_workspace").on(table.workspaceId, table.id)],
);

/** All whose `expiresAt` does not lie behind prove calls. */
export const sourceSecret = pgTable(
  "source_secret",
  {
    id: id(),
    sourceId: uuid("source_id")
      .notNull()
      .references(() => source.id, { onDelete: "cascade" }),
    encrypted: bytea("encrypted").notNull(),
    /** Its last characters, by which a person tells it from another; empty when it is too short to show any. */
    ending: text("ending").notNull().default(""),
    expiresAt: moment("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [index("source_secret_source").on(table.sourceId)],
);

/** One inbound call, kept whole; partitioned by day like event. */
export const request = pgTable(
  "request",
  {
    id: id(),
    workspaceId: uuid("workspace_id").notNull(),
    sourceId: uuid("source_id").notNull(),
    method: text("method").notNull(),
    /** Path and query as received, with the token and secrets masked. */
    path: text("path").notNull(),
    /** JSON array of [name, value] in the order of arrival; credentials are masked. */
    headers: json("headers").$type<[string, string][]>().notNull(),
    /** Encrypted JSON of what is masked, see lib/sources/sealed.ts; null when nothing is, or it is not needed again. */
    sealed: bytea("sealed"),
    /** The bytes as they came; null when they are the payload of its one event. */
    body: bytea("body"),
    bodyBytes: integer("body_bytes").notNull(),
    contentType: text("content_type"),
    verdict: text("verdict").$type<Verdict>().notNull(),
    fault: json("fault").$type<RequestFault>(),
    /** The provider's own word for what happened, and its id for it, as far as the call says: proven only with the verdict. */
    type: text("type"),
    externalId: text("external_id"),
    /** Which time the provider sends it, from 1, when it says so. */
    providerAttempt: smallint("provider_attempt"),
    /** The events it became. */
    eventIds: uuid("event_ids").array().notNull().default(sql`'{}'`),
    /** The event that an earlier call with the same id became. */
    duplicateOf: uuid("duplicate_of"),
    remoteAddress: text("remote_address"),
    answerStatus: smallint("answer_status").notNull(),
    /** When it was accepted later than it came, and by whom: a user id or `key_…`. */
    acceptedAt: moment("accepted_at"),
    acceptedBy: text("accepted_by"),
  },
  (table) => [
    index("request_source").on(table.sourceId, table.id),
    index("request_workspace").on(table.workspaceId, table.id),
    index("request_quarantine").on(table.sourceId, table.id).where(sql`${table.verdict} in ('refused', 'unparsable')`),
  ],
);

/** Looking again at all that a source has in quarantine, in order of arrival; one at a time for each source. */
export const reverification = pgTable(
  "reverification",
  {
    id: id(),
    workspaceId: workspaceId(),
    sourceId: uuid("source_id")
      .notNull()
      .references(() => source.id, { onDelete: "cascade" }),
    /** The newest request that belongs to it. */
    upTo: uuid("up_to").notNull(),
    /** The last request that was looked at; null = none yet. */
    lookedTo: uuid("looked_to"),
    total: integer("total").notNull(),
    /** Of those looked at, the ones that stay in quarantine. */
    refused: integer("refused").notNull().default(0),
    askedBy: text("asked_by").notNull(),
    finishedAt: moment("finished_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("reverification_open").on(table.sourceId).where(sql`${table.finishedAt} is null`),
    index("reverification_source").on(table.sourceId, table.id),
  ],
);

/** Asking a provider what it sent, to find what never arrived. */
export const gapCheck = pgTable("gap_check", {
  sourceId: uuid("source_id")
    .primaryKey()
    .references(() => source.id, { onDelete: "cascade" }),
  /** Encrypted: the provider's API token. */
  token: bytea("token").notNull(),
  /** What the provider's API is asked about, such as a repository's hook; see lib/gap-check. */
  subject: json("subject").$type<Record<string, string>>().notNull().default({}),
  everyMinutes: integer("every_minutes").notNull().default(60),
  nextRunAt: moment("next_run_at").notNull().defaultNow(),
  lastRunAt: moment("last_run_at"),
  lastError: text("last_error"),
  /** How far back the next run has to look. */
  lookedUntil: moment("looked_until"),
  checked: integer("checked").notNull().default(0),
});

/** What a provider says it sent and no request shows. */
export const missingRequest = pgTable(
  "missing_request",
  {
    sourceId: uuid("source_id")
      .notNull()
      .references(() => source.id, { onDelete: "cascade" }),
    externalId: text("external_id").notNull(),
    type: text("type"),
    sentAt: moment("sent_at").notNull(),
    foundAt: moment("found_at").notNull().defaultNow(),
    state: text("state").$type<MissingState>().notNull().default("missing"),
    /** What the provider's API needs to send it again, such as its own number for it. */
    reference: text("reference"),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);
