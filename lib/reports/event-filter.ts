import { eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import { event } from "../../drizzle/schema/traffic.ts";
import { firstIdAt } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";
import { type BodyCondition, bodyPaths } from "../search/body-condition.ts";
import { likePattern } from "./like-pattern.ts";
import { underType } from "./under-type.ts";

export type EventFilter = {
  /** A name, or `order.*` for all below. */
  type?: string | null;
  customer?: string | null;
  idempotencyKey?: string | null;
  /** Database id of the source it came from. */
  sourceId?: string | null;
  /** Part of a type; or the whole of a customer, idempotency key or ordering key. */
  text?: string | null;
  /** All of these hold for the payload. */
  body?: BodyCondition[] | null;
  from?: Date | null;
  to?: Date | null;
};

/** The whole of a filter but for the workspace. */
export function eventConditions(filter: EventFilter): (SQL | undefined)[] {
  const { type, customer, idempotencyKey, sourceId, text, body, from, to } = filter;
  return [
    type ? underType(event.type, type) : undefined,
    customer ? eq(event.customer, customer) : undefined,
    idempotencyKey ? eq(event.idempotencyKey, idempotencyKey) : undefined,
    sourceId ? eq(event.sourceId, sourceId) : undefined,
    text ? hasText(text) : undefined,
    ...(body ?? []).map(payloadHas),
    from ? gte(event.id, firstIdAt(from)) : undefined,
    // Partitions are made two weeks ahead: without an end they would all be planned for.
    lt(event.id, firstIdAt(to ?? Date.now() + DAY_MS)),
  ];
}

/** Whether nothing but time narrows it: then its rows are found at once. */
export function isIndexed({ from: _from, to: _to, ...unindexed }: EventFilter): boolean {
  return !Object.values(unindexed).some((one) => (Array.isArray(one) ? one.length > 0 : one));
}

function hasText(text: string): SQL | undefined {
  return or(
    ilike(event.type, likePattern(text)),
    eq(event.customer, text),
    eq(event.idempotencyKey, text),
    eq(event.orderingKey, text),
  );
}

/** Whether an event's payload holds a value at its path. */
export function payloadHas(condition: BodyCondition): SQL | undefined {
  // The fields of forms and of XML stand beside them as JSON.
  const fields = sql`coalesce(convert_to(${event.readable}, 'UTF8'), ${event.payload})`;
  return or(...bodyPaths(condition).map((path) => sql`payload_has(${fields}, ${path}::jsonpath)`));
}
