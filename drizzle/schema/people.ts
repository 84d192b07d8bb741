import { bigint, boolean, index, integer, json, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { Scope } from "../../lib/api-keys/scopes.ts";
import type { Role } from "../../lib/workspaces/roles.ts";
import { bytea, createdAt, id, moment } from "./columns.ts";

export const user = pgTable("user", {
  id: id(),
  /** Lower case. */
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
  passwordHash: text("password_hash").notNull(),
  createdAt: createdAt(),
});

/** What a person chose for the console, such as the columns of a list: a name and a JSON value. */
export const userPreference = pgTable(
  "user_preference",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    value: json("value").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.name] })],
);

export const session = pgTable(
  "session",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    address: text("address"),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("session_user").on(table.userId)],
);

/** Failed sign-ins, by `account:<sha256 of e-mail>` and by `address:<ip>`. */
export const signInThrottle = pgTable("sign_in_throttle", {
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  windowStartedAt: moment("window_started_at").notNull(),
});

/** A reset link that an owner made: only the hash of its token is kept. */
export const passwordReset = pgTable("password_reset", {
  tokenHash: bytea("token_hash").primaryKey(),
  userId: uuid("user_id")
    .notNull()
    .references(() => user.id, { onDelete: "cascade" }),
  createdBy: uuid("created_by").references(() => user.id, { onDelete: "set null" }),
  expiresAt: moment("expires_at").notNull(),
});

/** What belongs to the installation, such as the fingerprint of its encryption key. */
export const setting = pgTable("setting", { key: text("key").primaryKey(), value: text("value").notNull() });

export const workspace = pgTable("workspace", {
  id: id(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  environment: text("environment", { enum: ["test", "live"] })
    .notNull()
    .default("test"),
  /** Whether an event of an unknown type creates that type instead of being refused. */
  createsEventTypes: boolean("creates_event_types").notNull().default(false),
  getStartedDismissedAt: moment("get_started_dismissed_at"),
  /** Raised in the transaction of every change that routing depends on; checked inside the ingest transaction. */
  routingVersion: bigint("routing_version", { mode: "number" }).notNull().default(1),
  createdAt: createdAt(),
});

/** The owner of a row, gone with it. */
export const workspaceId = () =>
  uuid("workspace_id")
    .notNull()
    .references(() => workspace.id, { onDelete: "cascade" });

export const member = pgTable(
  "member",
  {
    workspaceId: workspaceId(),
    userId: uuid("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text("role").$type<Role>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.userId] }), index("member_user").on(table.userId)],
);

export const invitation = pgTable("invitation", {
  id: id(),
  workspaceId: workspaceId(),
  email: text("email").notNull(),
  role: text("role").$type<Role>().notNull(),
  tokenHash: bytea("token_hash").notNull().unique(),
  invitedBy: uuid("invited_by").references(() => user.id, { onDelete: "set null" }),
  expiresAt: moment("expires_at").notNull(),
  createdAt: createdAt(),
});

export const apiKey = pgTable(
  "api_key",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    hash: bytea("hash").notNull().unique(),
    /** What is shown of the secret: its last four characters. */
    lastFour: text("last_four").notNull(),
    scopes: text("scopes").array().$type<Scope[]>().notNull(),
    createdBy: uuid("created_by").references(() => user.id, { onDelete: "set null" }),
    lastUsedAt: moment("last_used_at"),
    lastUsedAddress: text("last_used_address"),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
  },
  (table) => [index("api_key_workspace").on(table.workspaceId, table.id)],
);

/** Who changed what. `actor` is a user id, `key_…`, or `system`; `detail` never holds a secret. */
export const auditEntry = pgTable(
  "audit_entry",
  {
    id: id(),
    workspaceId: workspaceId(),
    actor: text("actor").notNull(),
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    target: text("target").notNull(),
    targetName: text("target_name").notNull(),
    detail: json("detail"),
    address: text("address"),
  },
  (table) => [index("audit_entry_workspace").on(table.workspaceId, table.id)],
);
