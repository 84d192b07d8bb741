import { and, count, eq, getTableColumns, gte, inArray, sql } from "drizzle-orm";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";
import { countBack, type Total } from "./count-back.ts";
import { listDeliveries } from "./deliveries.ts";
import { type EventFilter, eventConditions, isIndexed } from "./event-filter.ts";
import { MAX_PAGE_LIMIT, type Page, paged, pageLimit, pageOrder, withinPage } from "./page.ts";
import { rowsWithin, searchedSpan } from "./searched-span.ts";
import type { StoredStatus } from "./sending.ts";
import { type Effort, stepBack } from "./step-back.ts";
import { type Reader, readWithin } from "./within-time.ts";

/** How many deliveries an event has in each status. */
export type Fanout = Partial<Record<StoredStatus, number>>;

/** How long a page looks for rows that no index finds. */
const EFFORT: Effort = { patienceMs: 500, atOnce: 20_000 };
/** The same towards now, where there are no steps. */
const AFTER_MS = 5_000;

type Asked = Page & { effort?: Partial<Effort> };

/** Events of a workspace, newest first, each with what became of its deliveries; see `listDeliveries` for `searchedTo`. */
export async function listEvents(workspaceId: string, filter: EventFilter, page: Asked = {}) {
  const { read, searchedTo } =
    page.after || isIndexed(filter)
      ? { read: await readAtOnce(workspaceId, filter, page), searchedTo: null }
      : await searchRows(workspaceId, filter, page);
  const { rows, next, previous } = paged(read, page);
  const fanouts = await countDeliveries(rows.map((row) => row.id));
  const shown = rows.map((row) => ({ ...row, acceptedAt: idTime(row.id), fanout: fanouts.get(row.id) ?? {} }));
  const goOn = searchedTo ? firstIdAt(searchedTo) : next;
  return { rows: shown, next: goOn, previous, searchedTo };
}

function readRows(reader: Reader, workspaceId: string, filter: EventFilter, page: Page, limit = pageLimit(page)) {
  return reader
    .select(COLUMNS)
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), ...eventConditions(filter), withinPage(event.id, page)))
    .orderBy(pageOrder(event.id, page))
    .limit(limit);
}

/** Rows after a cursor are looked for towards now, which may be far where no index finds them. */
function readAtOnce(workspaceId: string, filter: EventFilter, page: Asked) {
  if (isIndexed(filter)) return readRows(db(), workspaceId, filter, page);
  const patienceMs = page.effort?.patienceMs ?? AFTER_MS;
  return readWithin(patienceMs, (reader) => readRows(reader, workspaceId, filter, page));
}

async function searchRows(workspaceId: string, filter: EventFilter, page: Asked) {
  const read: Awaited<ReturnType<typeof readRows>> = [];
  const span = await searchedSpan(event, workspaceId, filter, page.before);
  const { searchedTo } = await stepBack({
    span,
    effort: { ...EFFORT, ...page.effort },
    rows: rowsWithin(event, workspaceId, span, Boolean(filter.body?.length)),
    look: async (reader, part) => {
      const limit = pageLimit(page) - read.length;
      read.push(...(await readRows(reader, workspaceId, { ...filter, ...part }, page, limit)));
      return read.length;
    },
    enough: (found) => found >= pageLimit(page),
  });
  return { read, searchedTo };
}

/** How many events a filter matches, up to ten thousand, or as far as counting came in its time. */
export function countEvents(workspaceId: string, filter: EventFilter): Promise<Total> {
  return countBack(event, workspaceId, filter, isIndexed(filter), (part) => [
    eq(event.workspaceId, workspaceId),
    ...eventConditions({ ...filter, ...part }),
  ]);
}

const COLUMNS = {
  id: event.id,
  type: event.type,
  customer: event.customer,
  occurredAt: event.occurredAt,
  idempotencyKey: event.idempotencyKey,
  orderingKey: event.orderingKey,
  deliverAt: event.deliverAt,
  schemaWarning: event.schemaWarning,
  editedFrom: event.editedFrom,
  sourceId: event.sourceId,
  requestId: event.requestId,
  test: event.test,
  bytes: sql<number>`octet_length(${event.payload})`,
};
export type EventRow = Awaited<ReturnType<typeof listEvents>>["rows"][number];

/** What searches read is made from the payload. */
const { readable: _readable, ...WHOLE } = getTableColumns(event);

/** One event with its payload and its deliveries, newest first; null for a stranger's id too. */
export async function findEvent(workspaceId: string, id: string) {
  const [row] = await db()
    .select(WHOLE)
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), eq(event.id, id)));
  if (!row) return null;
  const deliveries = await listDeliveries(workspaceId, { eventId: id }, { limit: MAX_PAGE_LIMIT });
  return { ...row, acceptedAt: idTime(id), deliveries: deliveries.rows };
}
export type EventDetail = NonNullable<Awaited<ReturnType<typeof findEvent>>>;

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
