import { and, asc, between, count, eq, inArray, lt, min, type SQL, sql } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { idTime } from "../ids.ts";

/** A page answers at once however long a line is: beyond these it says "or more". */
const MOST_WAITING = 10_000;
const MOST_LET_OUT = 200;
const MOST_BEHIND = 1_000;
const MOST_LANES = 20;

/** A number that was counted up to a bound. */
export type Counted = { count: number; atLeast: boolean };

// Every statement asks for the order of the index delivery_gate (endpoint, parked, lane, id), and for a lane by a range:
// otherwise Postgres may find the endpoint's own index good enough and read through all it ever got.

/** What of an endpoint is not over: waiting for its turn, held, and let out. */
export type Line = { inLine: Counted; held: Counted; onTheWay: Counted; oldest: Date | null };

/** The deliveries of an endpoint that wait for their turn or are held, and those that were let out. */
export async function lineOf(workspaceId: string, endpointId: string): Promise<Line> {
  const parked = db()
    .select({ id: delivery.id, status: delivery.status })
    .from(delivery)
    .where(and(ofEndpoint(workspaceId, endpointId), sql`${delivery.parked}`))
    .orderBy(...inOrder)
    .limit(MOST_WAITING + 1)
    .as("parked_ones");
  const [waiting, out] = await Promise.all([
    db()
      .select({ status: parked.status, count: count(), first: sql<string>`${min(sql`${parked.id}::text`)}` })
      .from(parked)
      .groupBy(parked.status),
    listLetOut(workspaceId, endpointId),
  ]);
  const held = waiting.find(({ status }) => status === "held")?.count ?? 0;
  const all = waiting.reduce((sum, row) => sum + row.count, 0);
  const [oldest] = waiting.map(({ first }) => first).sort();
  const atLeast = all > MOST_WAITING;
  return {
    inLine: { count: Math.min(all - held, MOST_WAITING), atLeast: atLeast && all > held },
    held: { count: Math.min(held, MOST_WAITING), atLeast: atLeast && held > 0 },
    onTheWay: {
      count: out.filter(({ status }) => status !== "retrying").length,
      atLeast: out.length === MOST_LET_OUT,
    },
    oldest: oldest ? idTime(oldest) : null,
  };
}

/** How many deliveries of an endpoint wait or are held. */
export async function countParked(workspaceId: string, endpointId: string): Promise<Counted> {
  const some = db()
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(ofEndpoint(workspaceId, endpointId), sql`${delivery.parked}`))
    .orderBy(...inOrder)
    .limit(MOST_WAITING + 1)
    .as("some");
  const [row] = await db().select({ count: count() }).from(some);
  return bounded(row?.count ?? 0, MOST_WAITING);
}

/** A strict line whose first delivery failed and waits for its next attempt: nothing behind it goes out. */
export type BlockedLane = {
  /** The ordering key; null for the events without one. */
  lane: string | null;
  deliveryId: string;
  eventType: string;
  attempts: number;
  lastOutcome: Outcome | null;
  lastStatusCode: number | null;
  nextAttemptAt: Date | null;
  behind: Counted;
};

/** The blocked lines of an endpoint with strict ordering, those that are blocked longest first. */
export async function listBlockedLanes(workspaceId: string, endpointId: string): Promise<BlockedLane[]> {
  const out = await listLetOut(workspaceId, endpointId);
  const heads = out
    .filter(({ trouble, attempts }) => trouble && attempts > 0)
    .slice(0, MOST_LANES)
    .map(({ id: deliveryId, status: _, trouble: __, ...head }) => ({ ...head, deliveryId }));
  const behind = await Promise.all(heads.map((head) => countBehind(endpointId, head.lane)));
  return heads.map((head, index) => ({ ...head, behind: behind[index] ?? bounded(0, MOST_BEHIND) }));
}

/** What was let out and is not over, the oldest first. */
async function listLetOut(workspaceId: string, endpointId: string) {
  // One after the other through the index: asked for all at once, Postgres rather reads everything the endpoint ever
  // got, because it takes as many to be let out as are parked.
  const found = await db().execute<{ id: string }>(sql`
    with recursive let_out as (
      (select coalesce(lane, '') as lane, id, 1 as n from delivery
        where endpoint_id = ${endpointId} and released and not parked order by coalesce(lane, ''), id limit 1)
      union all
      select next.lane, next.id, n + 1 from let_out, lateral (
        select coalesce(d.lane, '') as lane, d.id from delivery d
        where d.endpoint_id = ${endpointId} and d.released and not d.parked
          and (coalesce(d.lane, ''), d.id) > (let_out.lane, let_out.id)
        order by coalesce(d.lane, ''), d.id limit 1) next
      where n < ${MOST_LET_OUT}
    )
    select id from let_out order by id`);
  const [first, last] = [found[0]?.id, found.at(-1)?.id];
  if (!first || !last) return [];
  const ids = found.map(({ id }) => id);
  return db()
    .select({
      id: delivery.id,
      status: delivery.status,
      trouble: delivery.trouble,
      lane: delivery.lane,
      eventType: delivery.eventType,
      attempts: delivery.attempts,
      lastOutcome: delivery.lastOutcome,
      lastStatusCode: delivery.lastStatusCode,
      nextAttemptAt: delivery.nextAttemptAt,
    })
    .from(delivery)
    .where(and(eq(delivery.workspaceId, workspaceId), inArray(delivery.id, ids), between(delivery.id, first, last)))
    .orderBy(asc(delivery.id));
}

/** How many wait behind the one that is let out in their lane. */
export async function countBehind(endpointId: string, of: string | null): Promise<Counted> {
  const some = db()
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(eq(delivery.endpointId, endpointId), sql`${delivery.parked}`, inLane(of)))
    .orderBy(...inOrder)
    .limit(MOST_BEHIND + 1)
    .as("some");
  const [row] = await db().select({ count: count() }).from(some);
  return bounded(row?.count ?? 0, MOST_BEHIND);
}

/** Where a delivery stands that waits for its turn: how many are before it, and who is let out in its lane. */
export type Place = {
  before: Counted;
  head: { id: string; eventType: string; status: string; nextAttemptAt: Date | null } | null;
};

export async function placeInLine(
  workspaceId: string,
  { id, endpointId, lane: own }: { id: string; endpointId: string; lane: string | null },
): Promise<Place> {
  const earlier = db()
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(ofEndpoint(workspaceId, endpointId), sql`${delivery.parked}`, inLane(own), lt(delivery.id, id)))
    .orderBy(...inOrder)
    .limit(MOST_BEHIND + 1)
    .as("earlier");
  const [[before], [head]] = await Promise.all([
    db().select({ count: count() }).from(earlier),
    db()
      .select({
        id: delivery.id,
        eventType: delivery.eventType,
        status: delivery.status,
        nextAttemptAt: delivery.nextAttemptAt,
      })
      .from(delivery)
      .where(and(ofEndpoint(workspaceId, endpointId), letOut(), inLane(own), lt(delivery.id, id)))
      .orderBy(...inOrder)
      .limit(1),
  ]);
  return { before: bounded(before?.count ?? 0, MOST_BEHIND), head: head ?? null };
}

const lane = sql`coalesce(${delivery.lane}, '')`;
const inOrder = [asc(lane), asc(delivery.id)];

function ofEndpoint(workspaceId: string, endpointId: string): SQL | undefined {
  return and(eq(delivery.workspaceId, workspaceId), eq(delivery.endpointId, endpointId));
}

/** Written out, not as parameters: a generic plan must see that the partial index has them. */
function letOut(): SQL {
  return sql`${delivery.released} and not ${delivery.parked}`;
}

function inLane(name: string | null): SQL {
  return sql`${lane} between ${name ?? ""} and ${name ?? ""}`;
}

function bounded(found: number, most: number): Counted {
  return { count: Math.min(found, most), atLeast: found > most };
}
