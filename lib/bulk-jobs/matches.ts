import { and, asc, eq, gt, inArray, type SQL } from "drizzle-orm";
import { bulkJobItem } from "../../drizzle/schema/console.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import type { Database, Transaction } from "../db.ts";
import { deliveryConditions } from "../reports/delivery-filter.ts";
import { eventConditions } from "../reports/event-filter.ts";
import { aimAtEndpoints } from "./aim.ts";
import type { JobKind, JobScope, Over } from "./scope.ts";

type Reader = Database | Transaction;

/** One thing to do: a further attempt of a delivery, or a new one of an event under an id that was made for it. */
export type Match = { deliveryId: string; endpointId: string; eventId: string | null };

/** Some of what a job runs over; `cursor` is where the rest begins, null = there is none. */
export type Matches = { rows: Match[]; cursor: string | null };

/** The next of what a job runs over, in the order of ids. */
export async function listMatches(
  reader: Reader,
  job: { workspaceId: string; kind: JobKind; scope: JobScope },
  cursor: string | null,
  most: number,
): Promise<Matches> {
  return job.kind === "retry"
    ? listDeliveries(reader, job.workspaceId, job.scope.over, cursor, most)
    : listEvents(reader, job.workspaceId, job.scope, cursor, most);
}

async function listDeliveries(
  reader: Reader,
  workspaceId: string,
  over: Over,
  cursor: string | null,
  most: number,
): Promise<Matches> {
  const candidates = await reader
    .select({ deliveryId: delivery.id, endpointId: delivery.endpointId })
    .from(delivery)
    .where(
      and(...deliveriesOf(reader, workspaceId, withoutPayloads(over)), cursor ? gt(delivery.id, cursor) : undefined),
    )
    .orderBy(asc(delivery.id))
    .limit(most);
  const last = candidates.length === most ? candidates.at(-1) : undefined;
  const rows = await thatMatch(reader, workspaceId, over, candidates);
  return { rows: rows.map((row) => ({ ...row, eventId: null })), cursor: last?.deliveryId ?? null };
}

/** Of what must read payloads, one statement does a bounded part. */
function withoutPayloads(over: Over): Over {
  switch (over.by) {
    case "deliveries":
      return { ...over, filter: { ...over.filter, body: null } };
    case "events":
      return { ...over, filter: { ...over.filter, body: null } };
    default:
      return over;
  }
}

/** Whether payloads must be read to tell what a job runs over. */
export function readsPayloads(over: Over): boolean {
  return (over.by === "deliveries" || over.by === "events") && Boolean(over.filter.body?.length);
}

async function thatMatch<Row extends { deliveryId: string }>(
  reader: Reader,
  workspaceId: string,
  over: Over,
  candidates: Row[],
): Promise<Row[]> {
  if (!readsPayloads(over) || candidates.length === 0) return candidates;
  const ids = candidates.map(({ deliveryId }) => deliveryId);
  const found = await reader
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(...deliveriesOf(reader, workspaceId, over), inArray(delivery.id, ids)));
  const matching = new Set(found.map(({ id }) => id));
  return candidates.filter(({ deliveryId }) => matching.has(deliveryId));
}

/** Where a retry's deliveries are, as conditions. */
export function deliveriesOf(reader: Reader, workspaceId: string, over: Over): (SQL | undefined)[] {
  const own = eq(delivery.workspaceId, workspaceId);
  if (over.by === "deliveries") return deliveryConditions(workspaceId, over.filter);
  if (over.by === "ids") return [own, inArray(delivery.id, over.ids)];
  if (over.by === "failures") {
    const failed = reader
      .select({ id: bulkJobItem.deliveryId })
      .from(bulkJobItem)
      .where(and(eq(bulkJobItem.jobId, over.jobId), inArray(bulkJobItem.state, ["failed", "retrying", "discarded"])));
    return [own, eq(delivery.status, "failed"), inArray(delivery.id, failed)];
  }
  throw new Error("A retry runs over deliveries");
}

/** Events are aimed at endpoints as their count goes on: which those are is settled before the first one is touched. */
async function listEvents(
  reader: Reader,
  workspaceId: string,
  scope: JobScope,
  cursor: string | null,
  most: number,
): Promise<Matches> {
  const candidates = await reader
    .select({ id: event.id, type: event.type, customer: event.customer, contentType: event.contentType })
    .from(event)
    .where(and(...eventsOf(workspaceId, withoutPayloads(scope.over)), cursor ? gt(event.id, cursor) : undefined))
    .orderBy(asc(event.id))
    .limit(most);
  const last = candidates.length === most ? candidates.at(-1) : undefined;
  const events = await eventsThatMatch(reader, workspaceId, scope.over, candidates);
  return { rows: await aimAtEndpoints(reader, workspaceId, scope, events), cursor: last?.id ?? null };
}

async function eventsThatMatch<Row extends { id: string }>(
  reader: Reader,
  workspaceId: string,
  over: Over,
  candidates: Row[],
): Promise<Row[]> {
  if (!readsPayloads(over) || candidates.length === 0) return candidates;
  const ids = candidates.map(({ id }) => id);
  const found = await reader
    .select({ id: event.id })
    .from(event)
    .where(and(...eventsOf(workspaceId, over), inArray(event.id, ids)));
  const matching = new Set(found.map(({ id }) => id));
  return candidates.filter(({ id }) => matching.has(id));
}

/** Test events go where they were sent, unless somebody names one. */
export function eventsOf(workspaceId: string, over: Over): (SQL | undefined)[] {
  const own = eq(event.workspaceId, workspaceId);
  if (over.by === "ids") return [own, inArray(event.id, over.ids)];
  if (over.by === "events") return [own, eq(event.test, false), ...eventConditions(over.filter)];
  throw new Error("A replay runs over events");
}
