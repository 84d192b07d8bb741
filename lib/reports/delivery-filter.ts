import { and, eq, gte, ilike, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { dedupeKey, delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { urlMatches } from "../endpoints/queries.ts";
import { firstIdAt, idTime } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";
import type { AttemptSpan } from "../search/attempt-counts.ts";
import type { BodyCondition } from "../search/body-condition.ts";
import type { CodeSpan } from "../search/codes.ts";
import { payloadHas } from "./event-filter.ts";
import { likePattern } from "./like-pattern.ts";
import type { StoredStatus } from "./sending.ts";
import { underType } from "./under-type.ts";

/** What a list of deliveries is narrowed to. Callers choose the default window: a range prunes partitions. */
export type DeliveryFilter = {
  status?: StoredStatus[] | null;
  /** A name, or `order.*` for all below. */
  eventType?: string | null;
  endpointId?: string | null;
  /** Endpoints whose URL or description has this in it. */
  endpointText?: string | null;
  eventId?: string | null;
  customer?: string | null;
  /** How the last attempt ended, and with which status code. */
  outcome?: Outcome | null;
  code?: CodeSpan | null;
  attempts?: AttemptSpan | null;
  /** Part of an event type, URL or description; or the whole of a customer or a recent idempotency key. */
  text?: string | null;
  /** All of these hold for the event's payload. */
  body?: BodyCondition[] | null;
  from?: Date | null;
  to?: Date | null;
};

/**
 * Statuses that a delivery only has after something went wrong; the partial index `delivery_trouble` holds them. What a
 * filter or a transformation discards is no trouble, and there may be a lot of it.
 */
const TROUBLE: readonly StoredStatus[] = ["retrying", "failed", "held"];

/** The whole of a filter, the workspace first: what lists, totals, charts, exports and bulk jobs read alike. */
export function deliveryConditions(workspaceId: string, filter: DeliveryFilter): (SQL | undefined)[] {
  const { status, eventType, endpointId, endpointText, eventId, customer, outcome, code, attempts, text, body } =
    filter;
  return [
    eq(delivery.workspaceId, workspaceId),
    status?.length ? inArray(delivery.status, status) : undefined,
    isTroubled(filter) ? eq(delivery.trouble, true) : undefined,
    eventType ? underType(delivery.eventType, eventType) : undefined,
    endpointId ? eq(delivery.endpointId, endpointId) : undefined,
    endpointText ? inArray(delivery.endpointId, endpointsWith(workspaceId, endpointText)) : undefined,
    customer ? eq(delivery.customer, customer) : undefined,
    outcome ? eq(delivery.lastOutcome, outcome) : undefined,
    code ? within(delivery.lastStatusCode, code) : undefined,
    attempts ? within(delivery.attempts, attempts) : undefined,
    text ? hasText(workspaceId, text) : undefined,
    ...(body ?? []).map(hasInBody),
    eventId ? eq(delivery.eventId, eventId) : undefined,
    // A delivery is never older than its event.
    eventId ? gte(delivery.id, firstIdAt(idTime(eventId))) : undefined,
    ...withinTimes(filter),
  ];
}

/** Whether the index of what went wrong holds everything that matches. */
export function isTroubled({ status, outcome }: DeliveryFilter): boolean {
  const failedLast = outcome && outcome !== "success";
  return Boolean(failedLast || (status?.length && status.every((name) => TROUBLE.includes(name))));
}

/** Whether nothing but time and what indexes hold narrows it: then its rows are found at once, wherever they lie. */
export function isIndexed(filter: DeliveryFilter): boolean {
  const { from, to, endpointId, eventId, status, outcome, ...unindexed } = filter;
  const narrowed = [status, outcome].some((one) => one?.length) && !isTroubled(filter);
  return !narrowed && !Object.values(unindexed).some((one) => (Array.isArray(one) ? one.length > 0 : one));
}

function withinTimes({ from, to }: DeliveryFilter): (SQL | undefined)[] {
  return [
    from ? gte(delivery.id, firstIdAt(from)) : undefined,
    // Partitions are made two weeks ahead: without an end they would all be planned for.
    lt(delivery.id, firstIdAt(to ?? Date.now() + DAY_MS)),
  ];
}

function within(
  column: typeof delivery.attempts | typeof delivery.lastStatusCode,
  { least, most }: { least: number; most: number | null },
): SQL | undefined {
  return and(gte(column, least), most === null ? undefined : lte(column, most));
}

/** Deleted ones too: what they were sent is still in the list. */
function endpointsWith(workspaceId: string, text: string) {
  const like = likePattern(text);
  return db()
    .select({ id: endpoint.id })
    .from(endpoint)
    .where(and(eq(endpoint.workspaceId, workspaceId), or(urlMatches(like), ilike(endpoint.description, like))));
}

function hasText(workspaceId: string, text: string): SQL | undefined {
  const byKey = db()
    .select({ id: dedupeKey.eventId })
    .from(dedupeKey)
    .where(and(eq(dedupeKey.scope, workspaceId), eq(dedupeKey.key, text)));
  return or(
    ilike(delivery.eventType, likePattern(text)),
    inArray(delivery.endpointId, endpointsWith(workspaceId, text)),
    eq(delivery.customer, text),
    inArray(delivery.eventId, byKey),
  );
}

/** One event at a time, by its key: as a join the planner might read every payload there is. */
function hasInBody(condition: BodyCondition): SQL {
  return sql`(select ${payloadHas(condition)} from ${event} where ${event.id} = ${delivery.eventId})`;
}
