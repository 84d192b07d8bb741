import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { Outcome } from "../../lib/delivery/outcomes.ts";
import type { Circuit, EndpointStatus, Format, Method, Ordering, Signature } from "../../lib/endpoints/states.ts";
import type { Enforcement } from "../../lib/event-types/enforcement.ts";
import { bytea, createdAt, id, moment } from "./columns.ts";
import { workspaceId } from "./people.ts";

export const eventType = pgTable(
  "event_type",
  {
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    enforcement: text("enforcement").$type<Enforcement>().notNull().default("off"),
    /** Seconds before each retry of its deliveries, where the endpoint has no schedule of its own; null = the default. */
    retrySchedule: integer("retry_schedule").array(),
    /** The version in force; 0 while there is neither schema nor example. */
    version: integer("version").notNull().default(0),
    archivedAt: moment("archived_at"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.name] })],
);

/** Schema and example as JSON text: jsonb would refuse or reorder what a sender may write. */
export const eventTypeVersion = pgTable(
  "event_type_version",
  {
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    number: integer("number").notNull(),
    schema: text("schema"),
    example: text("example"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.name, table.number] })],
);

export const endpoint = pgTable(
  "endpoint",
  {
    id: id(),
    workspaceId: workspaceId(),
    /** The customer's own id in the sending app; null wants the events of all. */
    customer: text("customer"),
    url: text("url").notNull(),
    description: text("description").notNull().default(""),
    /** Event type names or `a.*`; empty = all. */
    subscriptions: text("subscriptions").array().notNull().default(sql`'{}'`),
    format: text("format").$type<Format>().notNull().default("envelope"),
    method: text("method").$type<Method>().notNull().default("POST"),
    /** Encrypted JSON array of [name, value]; null = none. */
    headers: bytea("headers"),
    /** Encrypted JSON, see lib/endpoints/authentication.ts; null = none beside the signature. */
    authentication: bytea("authentication"),
    /** Encrypted JSON of certificate and key, shown to receivers that ask for one; null = none. */
    clientCertificate: bytea("client_certificate"),
    signature: text("signature").$type<Signature>().notNull().default("hmac"),
    /** Conditions on the payload as JSON text; null = every event of the subscribed types. */
    filter: text("filter"),
    /** JavaScript that rewrites the event before it is formatted; null = as it is. */
    transformation: text("transformation"),
    timeoutSeconds: integer("timeout_seconds").notNull().default(15),
    /** Seconds before each retry; null = the default schedule. */
    retrySchedule: integer("retry_schedule").array(),
    /** Empty = any 2xx. */
    expectedStatuses: integer("expected_statuses").array().notNull().default(sql`'{}'`),
    /** A delivery that is older is given up; null = its schedule alone decides. */
    maxAgeSeconds: integer("max_age_seconds"),
    /** Deliveries per second in the long run, and how many may go at once after a quiet time; null = no limit. */
    rateLimit: doublePrecision("rate_limit"),
    rateBurst: integer("rate_burst"),
    /** Calls on their way at once, over all workers; null = the usual. */
    maxInFlight: integer("max_in_flight"),
    ordering: text("ordering").$type<Ordering>().notNull().default("best_effort"),
    /** Up to so many deliveries in one request, or what has gathered after so many seconds; null = one each. */
    batchSize: integer("batch_size"),
    batchSeconds: integer("batch_seconds"),
    status: text("status").$type<EndpointStatus>().notNull().default("active"),
    statusReason: text("status_reason"),
    statusActor: text("status_actor"),
    statusSince: moment("status_since").notNull().defaultNow(),
    /** Made by the product for its own built-in receiver, the one loopback address deliveries may always reach. */
    builtIn: boolean("built_in").notNull().default(false),
    /** Raised by every change; a worker's connection pool and cached configuration belong to one version. */
    version: integer("version").notNull().default(1),
    deletedAt: moment("deleted_at"),
    createdAt: createdAt(),
  },
  (table) => [index("endpoint_workspace").on(table.workspaceId, table.id)],
);

/** Signing secrets. All whose `expiresAt` lies ahead sign; the one without an end is the current one. */
export const endpointSecret = pgTable(
  "endpoint_secret",
  {
    id: id(),
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => endpoint.id, { onDelete: "cascade" }),
    encrypted: bytea("encrypted").notNull(),
    expiresAt: moment("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [index("endpoint_secret_endpoint").on(table.endpointId)],
);

/** How an endpoint is doing, written by the worker. Apart from `endpoint`, so that it never raises the routing version. */
export const endpointState = pgTable("endpoint_state", {
  endpointId: uuid("endpoint_id")
    .primaryKey()
    .references(() => endpoint.id, { onDelete: "cascade" }),
  /** The first failure since the last success; null while all is well. */
  failingSince: moment("failing_since"),
  lastSuccessAt: moment("last_success_at"),
  lastFailureAt: moment("last_failure_at"),
  lastOutcome: text("last_outcome").$type<Outcome>(),
  lastStatusCode: smallint("last_status_code"),
  circuit: text("circuit").$type<Circuit>().notNull().default("closed"),
  circuitReason: text("circuit_reason"),
  circuitSince: moment("circuit_since"),
  /** When the next probe may go. */
  probeAt: moment("probe_at"),
  /** Probes that failed since the circuit opened; each makes the wait for the next one longer. */
  failedProbes: integer("failed_probes").notNull().default(0),
  failuresInARow: integer("failures_in_a_row").notNull().default(0),
  /** Attempts of the minute that began at `windowSince`, and how many of them failed. */
  windowSince: moment("window_since"),
  windowAttempts: integer("window_attempts").notNull().default(0),
  windowFailed: integer("window_failed").notNull().default(0),
  /** The receiver asked us to slow down (429, 502, 504, Retry-After): nothing goes out before. */
  slowedUntil: moment("slowed_until"),
  /** How often in a row it asked: each time makes the wait longer. */
  slowdowns: integer("slowdowns").notNull().default(0),
  /** It could not take all it was sent: its deliveries wait in line and are let out one for one; null = none wait. */
  crowdedSince: moment("crowded_since"),
  /** The rate limit's bucket as of `tokensAt`. */
  tokens: doublePrecision("tokens"),
  tokensAt: moment("tokens_at"),
});
