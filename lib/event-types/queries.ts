import { and, asc, eq, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { endpoint, eventType, eventTypeVersion } from "../../drizzle/schema/configuration.ts";
import { event } from "../../drizzle/schema/traffic.ts";
import { type Database, db, type Transaction } from "../db.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";
import { firstIdAt } from "../ids.ts";

const DAY_MS = 86_400_000;
/** How many of the newest events are looked at to tell how busy a type is; beyond them the count is "at least". */
const COUNTED_EVENTS = 20_000;

const COLUMNS = {
  name: eventType.name,
  description: eventType.description,
  enforcement: eventType.enforcement,
  retrySchedule: eventType.retrySchedule,
  version: eventType.version,
  archivedAt: eventType.archivedAt,
  createdAt: eventType.createdAt,
};

/** Endpoints that would get an event of the row's type: `wants`, in SQL. */
const subscribers = sql<number>`(
  select count(*)::int from ${endpoint} p
  where p.workspace_id = ${eventType.workspaceId} and p.deleted_at is null and (
    p.subscriptions = '{}' or ${eventType.name} = any(p.subscriptions) or exists (
      select from unnest(p.subscriptions) as s(pattern)
      where pattern like '%.*' and starts_with(${eventType.name}, left(pattern, -1)))))`;

export type EventTypeFilter = { search?: string | null; archived?: boolean | null };

/** A workspace's event types by name, without the archived ones unless asked for. */
export function listEventTypes(workspaceId: string, filter: EventTypeFilter = {}) {
  return db()
    .select({
      ...COLUMNS,
      subscribers,
      hasSchema: sql<boolean>`${eventTypeVersion.schema} is not null`,
      hasExample: sql<boolean>`${eventTypeVersion.example} is not null`,
    })
    .from(eventType)
    .leftJoin(eventTypeVersion, inForce())
    .where(and(eq(eventType.workspaceId, workspaceId), ...conditions(filter)))
    .orderBy(asc(eventType.name));
}
export type EventTypeRow = Awaited<ReturnType<typeof listEventTypes>>[number];

/** One event type with its schema and example, or null. */
export async function findEventType(workspaceId: string, name: string) {
  const [row] = await findEventTypes(workspaceId, [name]);
  return row ?? null;
}

/** The named event types with their schemas and examples, by name. */
export function findEventTypes(workspaceId: string, names: string[]) {
  return db()
    .select({ ...COLUMNS, subscribers, schema: eventTypeVersion.schema, example: eventTypeVersion.example })
    .from(eventType)
    .leftJoin(eventTypeVersion, inForce())
    .where(and(eq(eventType.workspaceId, workspaceId), inArray(eventType.name, names)))
    .orderBy(asc(eventType.name));
}
export type EventTypeDetail = Awaited<ReturnType<typeof findEventTypes>>[number];

/** A type may have been changed thousands of times. */
const MOST_VERSIONS = 30;

/** Schema and example as they were, the newest first. */
export function listVersions(workspaceId: string, name: string, limit = MOST_VERSIONS) {
  return db()
    .select({
      number: eventTypeVersion.number,
      schema: eventTypeVersion.schema,
      example: eventTypeVersion.example,
      createdAt: eventTypeVersion.createdAt,
    })
    .from(eventTypeVersion)
    .where(and(eq(eventTypeVersion.workspaceId, workspaceId), eq(eventTypeVersion.name, name)))
    .orderBy(sql`${eventTypeVersion.number} desc`)
    .limit(limit);
}
export type EventTypeVersion = Awaited<ReturnType<typeof listVersions>>[number];

/** What archiving or deleting would touch. `atLeast`: there were too many events to count. */
export type EventTypeEffects = {
  subscribed: { id: string; url: string; description: string }[];
  eventsLastDay: number;
  atLeast: boolean;
};

/** Endpoints that name the type, and its events of the last 24 hours. */
export async function countEventTypeEffects(
  workspaceId: string,
  name: string,
  within: Database | Transaction = db(),
): Promise<EventTypeEffects> {
  const newest = within
    .select({ type: event.type })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), sql`${event.id} >= ${yesterday()}`))
    .orderBy(sql`${event.id} desc`)
    .limit(COUNTED_EVENTS)
    .as("newest");
  const [subscribed, [counted]] = await Promise.all([
    within
      .select({ id: endpoint.id, url: shownUrlColumn, description: endpoint.description })
      .from(endpoint)
      .where(subscribesByName(workspaceId, name))
      .orderBy(asc(endpoint.id)),
    within
      .select({
        ofType: sql<number>`count(*) filter (where ${newest.type} = ${name})::int`,
        seen: sql<number>`count(*)::int`,
      })
      .from(newest),
  ]);
  return { subscribed, eventsLastDay: counted?.ofType ?? 0, atLeast: counted?.seen === COUNTED_EVENTS };
}

/** Whether any event of the type came in the last 24 hours. It may have to look at all events of the day. */
export async function cameInLastDay(tx: Transaction, workspaceId: string, name: string): Promise<boolean> {
  const found = await tx
    .select({ id: event.id })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), eq(event.type, name), sql`${event.id} >= ${yesterday()}`))
    .limit(1);
  return found.length > 0;
}

function yesterday(): string {
  return firstIdAt(Date.now() - DAY_MS);
}

function subscribesByName(workspaceId: string, name: string): SQL | undefined {
  return and(
    eq(endpoint.workspaceId, workspaceId),
    isNull(endpoint.deletedAt),
    sql`${name} = any(${endpoint.subscriptions})`,
  );
}

function inForce(): SQL | undefined {
  return and(
    eq(eventTypeVersion.workspaceId, eventType.workspaceId),
    eq(eventTypeVersion.name, eventType.name),
    eq(eventTypeVersion.number, eventType.version),
  );
}

function conditions({ search, archived }: EventTypeFilter): (SQL | undefined)[] {
  const text = search?.trim();
  const like = text && `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return [
    like ? or(ilike(eventType.name, like), ilike(eventType.description, like)) : undefined,
    archived ? undefined : isNull(eventType.archivedAt),
  ];
}
