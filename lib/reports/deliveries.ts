import { and, between, eq, inArray } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { DeliveryStatus, Outcome } from "../delivery/outcomes.ts";
import { DEFAULT_SCHEDULE } from "../delivery/retry-policy.ts";
import { idTime } from "../ids.ts";
import { type DeliveryFilter, deliveryConditions } from "./delivery-filter.ts";
import { type EndpointName, endpointNames } from "./endpoint-names.ts";
import { type Page, type Paged, paged, pageLimit, pageOrder, withinPage } from "./page.ts";
import { type StoredStatus, withSending } from "./sending.ts";
import { typeSchedules } from "./type-schedules.ts";

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

/** Deliveries of a workspace, newest first. */
export async function listDeliveries(
  workspaceId: string,
  filter: DeliveryFilter,
  page: Page = {},
): Promise<Paged<DeliveryRow>> {
  const read = await db()
    .select(COLUMNS)
    .from(delivery)
    .where(and(...deliveryConditions(workspaceId, filter), withinPage(delivery.id, page)))
    .orderBy(pageOrder(delivery.id, page))
    .limit(pageLimit(page));
  const { rows, ...cursors } = paged(read, page);
  return { rows: await asRows(workspaceId, rows), ...cursors };
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
