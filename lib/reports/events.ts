import { and, count, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";
import { listDeliveries } from "./deliveries.ts";
import { MAX_PAGE_LIMIT, type Page, type Paged, paged, pageLimit, pageOrder, withinPage } from "./page.ts";
import type { StoredStatus } from "./sending.ts";

export type EventFilter = {
  type?: string | null;
  customer?: string | null;
  idempotencyKey?: string | null;
  from?: Date | null;
  to?: Date | null;
};

/** How many deliveries an event has in each status. */
export type Fanout = Partial<Record<StoredStatus, number>>;

/** Events of a workspace, newest first, each with what became of its deliveries. */
export async function listEvents(workspaceId: string, filter: EventFilter, page: Page = {}) {
  const read = await db()
    .select({
      id: event.id,
      type: event.type,
      customer: event.customer,
      occurredAt: event.occurredAt,
      idempotencyKey: event.idempotencyKey,
      orderingKey: event.orderingKey,
      deliverAt: event.deliverAt,
      schemaWarning: event.schemaWarning,
      test: event.test,
      bytes: sql<number>`octet_length(${event.payload})`,
    })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), ...eventConditions(filter), withinPage(event.id, page)))
    .orderBy(pageOrder(event.id, page))
    .limit(pageLimit(page));
  const { rows, ...cursors } = paged(read, page);
  const fanouts = await countDeliveries(rows.map((row) => row.id));
  const shown = rows.map((row) => ({ ...row, acceptedAt: idTime(row.id), fanout: fanouts.get(row.id) ?? {} }));
  return { rows: shown, ...cursors } satisfies Paged<{ id: string }>;
}
export type EventRow = Awaited<ReturnType<typeof listEvents>>["rows"][number];

/** One event with its payload and its deliveries, newest first; null for a stranger's id too. */
export async function findEvent(workspaceId: string, id: string) {
  const [row] = await db()
    .select()
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), eq(event.id, id)));
  if (!row) return null;
  const deliveries = await listDeliveries(workspaceId, { eventId: id }, { limit: MAX_PAGE_LIMIT });
  return { ...row, acceptedAt: idTime(id), deliveries: deliveries.rows };
}
export type EventDetail = NonNullable<Awaited<ReturnType<typeof findEvent>>>;

/** The whole of a filter but for the workspace. */
export function eventConditions({ type, customer, idempotencyKey, from, to }: EventFilter): (SQL | undefined)[] {
  return [
    type ? eq(event.type, type) : undefined,
    customer ? eq(event.customer, customer) : undefined,
    idempotencyKey ? eq(event.idempotencyKey, idempotencyKey) : undefined,
    from ? gte(event.id, firstIdAt(from)) : undefined,
    // Partitions are made two weeks ahead: without an end they would all be planned for.
    lt(event.id, firstIdAt(to ?? Date.now() + DAY_MS)),
  ];
}

async function countDeliveries(eventIds: string[]): Promise<Map<string, Fanout>> {
  const fanouts = new Map<string, Fanout>();
  const oldest = [...eventIds].sort()[0];
  if (!oldest) return fanouts;
  const counts = await db()
    .select({ eventId: delivery.eventId, status: delivery.status, count: count() })
    .from(delivery)
    .where(and(inArray(delivery.eventId, eventIds), gte(delivery.id, firstIdAt(idTime(oldest)))))
    .groupBy(delivery.eventId, delivery.status);
  for (const row of counts) fanouts.set(row.eventId, { ...fanouts.get(row.eventId), [row.status]: row.count });
  return fanouts;
}
