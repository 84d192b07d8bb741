import { and, count, eq, isNotNull, isNull } from "drizzle-orm";
import { eventType, eventTypeVersion } from "../../drizzle/schema/configuration.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { raiseRoutingVersion } from "../workspaces/routing-version.ts";
import { type EventTypeInput, type EventTypePatch, mismatch } from "./input.ts";
import { sameJson } from "./json-text.ts";
import { cameInLastDay, countEventTypeEffects, type EventTypeEffects } from "./queries.ts";

export const MAX_EVENT_TYPES_PER_WORKSPACE = 2_000;

export type CreateEventTypeResult =
  | { result: "created"; name: string }
  | { result: "exists" }
  | { result: "limit"; limit: number };

export async function createEventType(
  workspaceId: string,
  { schema, example, ...input }: EventTypeInput,
  author: Author,
): Promise<CreateEventTypeResult> {
  return db().transaction(async (tx) => {
    // Not exact when two are made at once: the limit guards against runaway scripts, not against one more.
    const [had] = await tx.select({ count: count() }).from(eventType).where(eq(eventType.workspaceId, workspaceId));
    if ((had?.count ?? 0) >= MAX_EVENT_TYPES_PER_WORKSPACE) {
      return { result: "limit", limit: MAX_EVENT_TYPES_PER_WORKSPACE };
    }
    const version = schema === null && example === null ? 0 : 1;
    const [created] = await tx
      .insert(eventType)
      .values({ workspaceId, ...input, version })
      .onConflictDoNothing()
      .returning({ name: eventType.name });
    if (!created) return { result: "exists" };
    if (version > 0)
      await tx.insert(eventTypeVersion).values({ workspaceId, name: input.name, number: 1, schema, example });
    await raiseRoutingVersion(tx, workspaceId);
    await audit(tx, workspaceId, author, "created", input.name, { enforcement: input.enforcement, version });
    return { result: "created", name: created.name };
  });
}

export type UpdateEventTypeResult =
  | { result: "updated"; version: number }
  | { result: "not_found" }
  | { result: "mismatch"; problem: string };

/** What the patch leaves out stays. A change of schema or example makes a new version. */
export async function updateEventType(
  workspaceId: string,
  name: string,
  { schema, example, ...patch }: EventTypePatch,
  author: Author,
): Promise<UpdateEventTypeResult> {
  return db().transaction(async (tx) => {
    const before = await lockInForce(tx, workspaceId, name);
    if (!before) return { result: "not_found" };
    const next = {
      schema: schema === undefined ? before.schema : schema,
      example: example === undefined ? before.example : example,
    };
    const problem = mismatch(next.schema, next.example);
    if (problem) return { result: "mismatch", problem };
    const version = await saveVersion(tx, workspaceId, name, before, next);
    await tx
      .update(eventType)
      .set({ ...patch, version })
      .where(named(workspaceId, name));
    await raiseRoutingVersion(tx, workspaceId);
    await audit(tx, workspaceId, author, "updated", name, { ...patch, version });
    return { result: "updated", version };
  });
}

type Version = { schema: string | null; example: string | null };

/** A change of white space alone rewrites the version in force. Returns the number of the version now in force. */
async function saveVersion(
  tx: Transaction,
  workspaceId: string,
  name: string,
  before: Version & { version: number; newest: number },
  next: Version,
): Promise<number> {
  const ofType = and(eq(eventTypeVersion.workspaceId, workspaceId), eq(eventTypeVersion.name, name));
  if (sameJson(before.schema, next.schema) && sameJson(before.example, next.example)) {
    await tx
      .update(eventTypeVersion)
      .set(next)
      .where(and(ofType, eq(eventTypeVersion.number, before.version)));
    return before.version;
  }
  if (next.schema === null && next.example === null) return 0;
  const number = before.newest + 1;
  await tx.insert(eventTypeVersion).values({ workspaceId, name, number, ...next });
  return number;
}

/** Events of an archived type are refused; what was accepted before is still delivered. */
export async function archiveEventType(
  workspaceId: string,
  name: string,
  author: Author,
): Promise<"archived" | "not_found"> {
  return (await setArchived(workspaceId, name, author, new Date())) ? "archived" : "not_found";
}

export async function unarchiveEventType(
  workspaceId: string,
  name: string,
  author: Author,
): Promise<"unarchived" | "not_found"> {
  return (await setArchived(workspaceId, name, author, null)) ? "unarchived" : "not_found";
}

async function setArchived(
  workspaceId: string,
  name: string,
  author: Author,
  archivedAt: Date | null,
): Promise<boolean> {
  return db().transaction(async (tx) => {
    const changed = await tx
      .update(eventType)
      .set({ archivedAt })
      .where(and(named(workspaceId, name), archivedAt ? isNull(eventType.archivedAt) : isNotNull(eventType.archivedAt)))
      .returning({ name: eventType.name });
    if (changed.length === 0) return false;
    await raiseRoutingVersion(tx, workspaceId);
    await audit(tx, workspaceId, author, archivedAt ? "archived" : "unarchived", name);
    return true;
  });
}

export type DeleteEventTypeResult =
  | { result: "deleted" }
  | { result: "not_found" }
  | { result: "in_use"; effects: EventTypeEffects };

/** Only an unused type can go: none subscribes to it by name, and none of its events came in the last 24 hours. */
export async function deleteEventType(
  workspaceId: string,
  name: string,
  author: Author,
): Promise<DeleteEventTypeResult> {
  return db().transaction(async (tx) => {
    const found = await lockInForce(tx, workspaceId, name);
    if (!found) return { result: "not_found" };
    const effects = await countEventTypeEffects(workspaceId, name, tx);
    if (effects.subscribed.length > 0 || effects.eventsLastDay > 0) return { result: "in_use", effects };
    // Of a busy workspace's day only the newest events were counted.
    if (effects.atLeast && (await cameInLastDay(tx, workspaceId, name))) {
      return { result: "in_use", effects: { ...effects, eventsLastDay: 1 } };
    }
    await tx
      .delete(eventTypeVersion)
      .where(and(eq(eventTypeVersion.workspaceId, workspaceId), eq(eventTypeVersion.name, name)));
    await tx.delete(eventType).where(named(workspaceId, name));
    await raiseRoutingVersion(tx, workspaceId);
    await audit(tx, workspaceId, author, "deleted", name);
    return { result: "deleted" };
  });
}

async function lockInForce(tx: Transaction, workspaceId: string, name: string) {
  const [type] = await tx
    .select({ version: eventType.version })
    .from(eventType)
    .where(named(workspaceId, name))
    .for("update");
  if (!type) return null;
  const versions = await tx
    .select({ number: eventTypeVersion.number, schema: eventTypeVersion.schema, example: eventTypeVersion.example })
    .from(eventTypeVersion)
    .where(and(eq(eventTypeVersion.workspaceId, workspaceId), eq(eventTypeVersion.name, name)));
  const inForce = versions.find(({ number }) => number === type.version);
  return {
    version: type.version,
    newest: Math.max(0, ...versions.map(({ number }) => number)),
    schema: inForce?.schema ?? null,
    example: inForce?.example ?? null,
  };
}

function named(workspaceId: string, name: string) {
  return and(eq(eventType.workspaceId, workspaceId), eq(eventType.name, name));
}

function audit(
  tx: Transaction,
  workspaceId: string,
  author: Author,
  verb: "created" | "updated" | "archived" | "unarchived" | "deleted",
  name: string,
  detail?: Record<string, unknown>,
) {
  return recordAudit(tx, workspaceId, author, { action: `event_type.${verb}`, target: name, targetName: name, detail });
}
