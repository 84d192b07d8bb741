import { and, between, eq, inArray, sql } from "drizzle-orm";
import { request, source } from "../../drizzle/schema/inbound.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { FILTERED_OUT } from "../filters/filter.ts";
import { firstIdAt, idTime } from "../ids.ts";
import { countBack, type Total } from "./count-back.ts";
import { type Page, type Paged, paged, pageLimit, pageOrder, withinPage } from "./page.ts";
import { isIndexed, type RequestFilter, requestConditions } from "./request-filter.ts";
import { rowsWithin, searchedSpan } from "./searched-span.ts";
import { type Effort, stepBack } from "./step-back.ts";
import { type Reader, readWithin } from "./within-time.ts";

/** How long a page looks for rows that no index finds. */
const EFFORT: Effort = { patienceMs: 500, atOnce: 20_000 };
/** The same towards now, where there are no steps. */
const AFTER_MS = 5_000;

const COLUMNS = {
  id: request.id,
  sourceId: request.sourceId,
  method: request.method,
  path: request.path,
  bodyBytes: request.bodyBytes,
  contentType: request.contentType,
  verdict: request.verdict,
  fault: request.fault,
  type: request.type,
  externalId: request.externalId,
  providerAttempt: request.providerAttempt,
  eventIds: request.eventIds,
  duplicateOf: request.duplicateOf,
  remoteAddress: request.remoteAddress,
  answerStatus: request.answerStatus,
  acceptedAt: request.acceptedAt,
  acceptedBy: request.acceptedBy,
};

type Stored = Pick<typeof request.$inferSelect, keyof typeof COLUMNS>;
export type RequestRow = Stored & {
  receivedAt: Date;
  /** Deliveries of its events, but for those whose filter said no. */
  deliveries: number;
};

export type RequestPage = Paged<RequestRow> & {
  /** How far back it looked when its time was up; `next` goes on from there. Null when the page is whole. */
  searchedTo: Date | null;
};

type Asked = Page & { effort?: Partial<Effort> };

/** Inbound calls of a workspace, newest first. */
export async function listRequests(workspaceId: string, filter: RequestFilter, page: Asked = {}): Promise<RequestPage> {
  const { read, searchedTo } =
    page.after || isIndexed(filter)
      ? { read: await readAtOnce(workspaceId, filter, page), searchedTo: null }
      : await searchRows(workspaceId, filter, page);
  const { rows, next, previous } = paged(read, page);
  return { rows: await asRows(rows), next: searchedTo ? firstIdAt(searchedTo) : next, previous, searchedTo };
}

function readRows(reader: Reader, workspaceId: string, filter: RequestFilter, page: Page, limit = pageLimit(page)) {
  return reader
    .select(COLUMNS)
    .from(request)
    .where(and(...requestConditions(workspaceId, filter), withinPage(request.id, page)))
    .orderBy(pageOrder(request.id, page))
    .limit(limit);
}

/** Rows after a cursor are looked for towards now, which may be far where no index finds them. */
function readAtOnce(workspaceId: string, filter: RequestFilter, page: Asked) {
  if (isIndexed(filter)) return readRows(db(), workspaceId, filter, page);
  const patienceMs = page.effort?.patienceMs ?? AFTER_MS;
  return readWithin(patienceMs, (reader) => readRows(reader, workspaceId, filter, page));
}

async function searchRows(workspaceId: string, filter: RequestFilter, page: Asked) {
  const read: Stored[] = [];
  const span = await searchedSpan(request, workspaceId, filter, page.before);
  const { searchedTo } = await stepBack({
    span,
    effort: { ...EFFORT, ...page.effort },
    rows: rowsWithin(request, workspaceId, span, looksInside(filter)),
    look: async (reader, part) => {
      const limit = pageLimit(page) - read.length;
      read.push(...(await readRows(reader, workspaceId, { ...filter, ...part }, page, limit)));
      return read.length;
    },
    enough: (found) => found >= pageLimit(page),
  });
  return { read, searchedTo };
}

/** The present state of rows that a page already shows. */
export async function requestsByIds(workspaceId: string, ids: string[]): Promise<RequestRow[]> {
  const sorted = ids.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const rows = await db()
    .select(COLUMNS)
    .from(request)
    // The bounds prune partitions, which a list of ids alone does not under a generic plan.
    .where(and(eq(request.workspaceId, workspaceId), inArray(request.id, sorted), between(request.id, first, last)));
  return asRows(rows);
}

/** How many calls a filter matches, up to ten thousand, or as far as counting came in its time. */
export function countRequests(workspaceId: string, filter: RequestFilter): Promise<Total> {
  return countBack(request, workspaceId, filter, isIndexed(filter), (part) =>
    requestConditions(workspaceId, { ...filter, ...part }),
  );
}

function looksInside({ body, text }: RequestFilter): boolean {
  return Boolean(body?.length || text);
}

/** One inbound call with its headers and its body, wherever that is kept; null for a stranger's id too. */
export async function findRequest(workspaceId: string, id: string) {
  const [row] = await db()
    .select({ ...COLUMNS, workspaceId: request.workspaceId, headers: request.headers, body: request.body })
    .from(request)
    .where(and(eq(request.workspaceId, workspaceId), eq(request.id, id)));
  const [shown] = row ? await asRows([row]) : [];
  if (!row || !shown) return null;
  const [payload, [from]] = await Promise.all([
    row.body === null && row.eventIds[0] ? findPayload(workspaceId, row.eventIds[0]) : null,
    db().select({ name: source.name, provider: source.provider }).from(source).where(eq(source.id, row.sourceId)),
  ]);
  const body = row.body ?? payload;
  // Whoever looks at it says that the bytes are gone, which is not the same as that there were none.
  return { ...shown, body: body ?? (row.bodyBytes === 0 ? Buffer.alloc(0) : null), source: from ?? null };
}
export type RequestDetail = NonNullable<Awaited<ReturnType<typeof findRequest>>>;

async function findPayload(workspaceId: string, eventId: string): Promise<Buffer | null> {
  const [row] = await db()
    .select({ payload: event.payload })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), eq(event.id, eventId)));
  return row?.payload ?? null;
}

async function asRows<Row extends Stored>(read: Row[]): Promise<(Row & RequestRow)[]> {
  const counts = await countDeliveries(read.flatMap(({ eventIds }) => eventIds));
  return read.map((row) => ({
    ...row,
    receivedAt: idTime(row.id),
    deliveries: row.eventIds.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0),
  }));
}

async function countDeliveries(eventIds: string[]): Promise<Map<string, number>> {
  const oldest = eventIds.toSorted()[0];
  if (!oldest) return new Map();
  const counts = await db()
    .select({ eventId: delivery.eventId, count: sql<number>`count(*)::int` })
    .from(delivery)
    .where(
      and(
        inArray(delivery.eventId, eventIds),
        sql`${delivery.id} >= ${firstIdAt(idTime(oldest))}`,
        sql`not (${delivery.status} = 'discarded' and coalesce(${delivery.reason}, '') like ${`${FILTERED_OUT}%`})`,
      ),
    )
    .groupBy(delivery.eventId);
  return new Map(counts.map(({ eventId, count }) => [eventId, count]));
}

/** The calls beside one in a list: newer and older by id. */
export async function requestsBeside(workspaceId: string, filter: RequestFilter, id: string) {
  const [newer, older] = await Promise.all([
    listRequests(workspaceId, filter, { after: id, limit: 1 }),
    listRequests(workspaceId, filter, { before: id, limit: 1 }),
  ]);
  return { newer: newer.rows[0]?.id ?? null, older: older.rows[0]?.id ?? null };
}
