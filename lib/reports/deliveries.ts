import { and, between, eq, inArray } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { DeliveryStatus, Outcome } from "../delivery/outcomes.ts";
import { DEFAULT_SCHEDULE } from "../delivery/retry-policy.ts";
import { firstIdAt, idTime } from "../ids.ts";
import { type DeliveryFilter, deliveryConditions, isIndexed } from "./delivery-filter.ts";
import { type EndpointName, endpointNames } from "./endpoint-names.ts";
import { type Page, type Paged, paged, pageLimit, pageOrder, withinPage } from "./page.ts";
import { rowsWithin, searchedSpan } from "./searched-span.ts";
import { type StoredStatus, withSending } from "./sending.ts";
import { type Effort, stepBack } from "./step-back.ts";
import { typeSchedules } from "./type-schedules.ts";
import { type Reader, readWithin } from "./within-time.ts";

export type DeliveryRow = {
  id: string;
  eventId: string;
  endpointId: string;
  eventType: string;
  customer: string | null;
  status: DeliveryStatus;
  /** It waits for its endpoint, and has no job. */
  parked: boolean;
  /** Let out in its turn and not over yet. */
  released: boolean;
  lane: string | null;
  attempts: number;
  scheduleStep: number;
  /** Calls the schedule allows, the first one included. */
  maxAttempts: number;
  nextAttemptAt: Date | null;
  lastOutcome: Outcome | null;
  lastStatusCode: number | null;
  lastDurationMs: number | null;
  reason: string | null;
  replayOf: string | null;
  test: boolean;
  createdAt: Date;
  finishedAt: Date | null;
  endpoint: EndpointName | null;
};

const COLUMNS = {
  id: delivery.id,
  eventId: delivery.eventId,
  endpointId: delivery.endpointId,
  eventType: delivery.eventType,
  customer: delivery.customer,
  status: delivery.status,
  parked: delivery.parked,
  released: delivery.released,
  lane: delivery.lane,
  attempts: delivery.attempts,
  scheduleStep: delivery.scheduleStep,
  nextAttemptAt: delivery.nextAttemptAt,
  lastOutcome: delivery.lastOutcome,
  lastStatusCode: delivery.lastStatusCode,
  lastDurationMs: delivery.lastDurationMs,
  reason: delivery.reason,
  replayOf: delivery.replayOf,
  test: delivery.test,
  finishedAt: delivery.finishedAt,
};

/** How long a page looks for rows that no index finds. */
const EFFORT: Effort = { patienceMs: 500, atOnce: 20_000 };
/** The same towards now, where there are no steps. */
const AFTER_MS = 5_000;

export type DeliveryPage = Paged<DeliveryRow> & {
  /** How far back it looked when its time was up; `next` goes on from there. Null when the page is whole. */
  searchedTo: Date | null;
};

type Asked = Page & { effort?: Partial<Effort> };

/** Deliveries of a workspace, newest first. */
export async function listDeliveries(
  workspaceId: string,
  filter: DeliveryFilter,
  page: Asked = {},
): Promise<DeliveryPage> {
  const { read, searchedTo } =
    page.after || isIndexed(filter)
      ? { read: await readAtOnce(workspaceId, filter, page), searchedTo: null }
      : await searchRows(workspaceId, filter, page);
  const { rows, next, previous } = paged(read, page);
  const goOn = searchedTo ? firstIdAt(searchedTo) : next;
  return { rows: await asRows(workspaceId, rows), next: goOn, previous, searchedTo };
}

function readRows(reader: Reader, workspaceId: string, filter: DeliveryFilter, page: Page, limit = pageLimit(page)) {
  return reader
    .select(COLUMNS)
    .from(delivery)
    .where(and(...deliveryConditions(workspaceId, filter), withinPage(delivery.id, page)))
    .orderBy(pageOrder(delivery.id, page))
    .limit(limit);
}

/** Rows after a cursor are looked for towards now, which may be far where no index finds them. */
function readAtOnce(workspaceId: string, filter: DeliveryFilter, page: Asked) {
  if (isIndexed(filter)) return readRows(db(), workspaceId, filter, page);
  const patienceMs = page.effort?.patienceMs ?? AFTER_MS;
  return readWithin(patienceMs, (reader) => readRows(reader, workspaceId, filter, page));
}

async function searchRows(workspaceId: string, filter: DeliveryFilter, page: Asked) {
  const read: Awaited<ReturnType<typeof readRows>> = [];
  const span = await searchedSpan(delivery, workspaceId, filter, page.before);
  const { searchedTo } = await stepBack({
    span,
    effort: { ...EFFORT, ...page.effort },
    rows: rowsWithin(delivery, workspaceId, span, Boolean(filter.body?.length)),
    look: async (reader, part) => {
      const limit = pageLimit(page) - read.length;
      read.push(...(await readRows(reader, workspaceId, { ...filter, ...part }, page, limit)));
      return read.length;
    },
    enough: (found) => found >= pageLimit(page),
  });
  return { read, searchedTo };
}

/** The present state of rows that a page already shows, for its live refresh. */
export async function deliveriesByIds(workspaceId: string, ids: string[]): Promise<DeliveryRow[]> {
  const sorted = [...ids].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const rows = await db()
    .select(COLUMNS)
    .from(delivery)
    // The bounds prune partitions, which a list of ids alone does not under a generic plan.
    .where(and(eq(delivery.workspaceId, workspaceId), inArray(delivery.id, sorted), between(delivery.id, first, last)));
  return asRows(workspaceId, rows);
}

async function asRows(
  workspaceId: string,
  read: (Omit<DeliveryRow, "status" | "endpoint" | "createdAt" | "maxAttempts"> & { status: StoredStatus })[],
): Promise<DeliveryRow[]> {
  const [rows, names, ofTypes] = await Promise.all([
    withSending(read),
    endpointNames(
      workspaceId,
      read.map((row) => row.endpointId),
    ),
    typeSchedules(workspaceId),
  ]);
  return rows.map((row) => {
    const endpoint = names.get(row.endpointId) ?? null;
    const schedule = endpoint?.retrySchedule ?? ofTypes.get(row.eventType) ?? DEFAULT_SCHEDULE;
    const maxAttempts = schedule.length + 1;
    return { ...row, endpoint, maxAttempts, createdAt: idTime(row.id) };
  });
}
