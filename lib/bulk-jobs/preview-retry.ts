import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { firstIdAt } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";
import { type DeliveryRow, deliveriesByIds } from "../reports/deliveries.ts";
import { endpointNames } from "../reports/endpoint-names.ts";
import type { StoredStatus } from "../reports/sending.ts";
import { type Reader, withinTime } from "../reports/within-time.ts";
import { type LeftOut, type Target, whyLeftOut } from "./left-out.ts";
import { deliveriesOf } from "./matches.ts";
import type { JobScope } from "./scope.ts";
import { type Preview, shares, sumOf } from "./shares.ts";

/** A page counts so far and so long; what is beyond is counted by the job, before it touches the first row. */
export const MOST_COUNTED = 50_000;
export const COUNTED_WITHIN_MS = 4_000;

type Group = {
  endpointId: string;
  type: string;
  outcome: Outcome | null;
  statusCode: number | null;
  status: StoredStatus;
  parked: boolean;
  elsewhere: boolean;
  /** Another one of the same event comes first. */
  second: boolean;
  count: number;
};

/** What a retry would run over, by the rules it will follow; null when counting takes too long for a page. */
export async function previewRetry(workspaceId: string, scope: JobScope): Promise<Preview | null> {
  const groups = await withinTime(COUNTED_WITHIN_MS, (reader) =>
    countGroups(reader, deliveriesOf(reader, workspaceId, scope.over)),
  );
  if (!groups) return null;
  const ids = [...new Set(groups.map(({ endpointId }) => endpointId))];
  const [targets, names] = await Promise.all([listStates(workspaceId, ids), endpointNames(workspaceId, ids)]);
  const judged = groups.map((group) => {
    const elsewhere = scope.skipDelivered && group.elsewhere;
    const why = whyLeftOut({ ...group, job: "unknown" }, targets.get(group.endpointId) ?? null, elsewhere);
    return { ...group, why: why ?? (scope.skipDelivered && group.second ? ("same_event" as const) : null) };
  });
  const running = judged.filter(({ why }) => why === null);
  const matching = sumOf(groups);
  const leftOut = judged.flatMap(({ why, count }) => (why ? [{ why, count }] : []));
  const endpoints = running.map(({ endpointId, count }) => {
    return { endpointId, endpoint: names.get(endpointId) ?? null, count };
  });
  const errors = running.map(({ outcome, statusCode, count }) => ({ outcome, statusCode, count }));
  return {
    matching: Math.min(matching, MOST_COUNTED),
    more: matching > MOST_COUNTED,
    willRun: Math.min(sumOf(running), MOST_COUNTED),
    atMost: false,
    leftOut: shares(leftOut, ({ why }) => why),
    byEndpoint: shares(endpoints, ({ endpointId }) => endpointId),
    byType: shares(
      running.map(({ type, count }) => ({ type, count })),
      ({ type }) => type,
    ),
    byError: shares(errors, ({ outcome, statusCode }) => `${outcome} ${statusCode}`),
  };
}

async function countGroups(reader: Reader, conditions: (SQL | undefined)[]): Promise<Group[]> {
  const matching = reader
    .select({
      id: delivery.id,
      eventId: delivery.eventId,
      endpointId: delivery.endpointId,
      eventType: delivery.eventType,
      lastOutcome: delivery.lastOutcome,
      lastStatusCode: delivery.lastStatusCode,
      status: delivery.status,
      parked: delivery.parked,
    })
    .from(delivery)
    .where(and(...conditions))
    .limit(MOST_COUNTED + 1)
    .as("matching");
  return reader.execute<Group>(sql`
    select endpoint_id as "endpointId", event_type as type, last_outcome as outcome,
      last_status_code as "statusCode", status, parked, elsewhere, second, count(*)::int as count
    from (
      select *, ${reachedElsewhere("matching")} as elsewhere,
        row_number() over (partition by event_id, endpoint_id, ${RETRIED} order by id) > 1 and ${RETRIED} as second
      from ${matching}) as judged
    group by 1, 2, 3, 4, 5, 6, 7, 8`) as Promise<Group[]>;
}

/** What whyLeftOut lets through. */
const RETRIED = sql.raw("(status in ('failed', 'discarded', 'retrying') and not parked)");

/** Whether the event has reached the endpoint by another delivery, which is never older than its event. */
function reachedElsewhere(rows: string): SQL {
  const name = sql.identifier(rows);
  return sql`exists (
    select from delivery x where x.event_id = ${name}.event_id and x.endpoint_id = ${name}.endpoint_id
      and x.status = 'delivered' and x.id >= ${name}.event_id and x.id < ${firstIdAt(Date.now() + DAY_MS)})`;
}

/** Endpoints as far as retrying at them goes. */
export async function listStates(workspaceId: string, ids: string[]): Promise<Map<string, Target>> {
  if (ids.length === 0) return new Map();
  const rows = await db()
    .select({ id: endpoint.id, status: endpoint.status, deletedAt: endpoint.deletedAt })
    .from(endpoint)
    .where(and(eq(endpoint.workspaceId, workspaceId), inArray(endpoint.id, ids)));
  return new Map(rows.map(({ id, status, deletedAt }) => [id, { status, deleted: deletedAt !== null }]));
}

/** A delivery as a job would find it now, and why it would leave it out. */
export type Found = { delivery: DeliveryRow; why: LeftOut | null };

/** The first rows a job would come to, in its order; null when finding them takes too long for a page. */
export async function listFirst(workspaceId: string, scope: JobScope, most: number): Promise<Found[] | null> {
  const order = scope.order === "newest" ? desc : asc;
  const found = await withinTime(COUNTED_WITHIN_MS, (reader) => {
    const conditions = and(...deliveriesOf(reader, workspaceId, scope.over));
    const row = { id: delivery.id, eventId: delivery.eventId, endpointId: delivery.endpointId };
    const first = reader
      .select(row)
      .from(delivery)
      .where(conditions)
      .orderBy(order(delivery.id))
      .limit(most)
      .as("first");
    return reader
      .select({ id: first.id, elsewhere: sql<boolean>`${reachedElsewhere("first")}` })
      .from(first)
      .orderBy(order(first.id));
  });
  if (!found) return null;
  const rows = await deliveriesByIds(
    workspaceId,
    found.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const targets = await listStates(workspaceId, [...new Set(rows.map(({ endpointId }) => endpointId))]);
  const begun = new Set<string>();
  return found.flatMap(({ id, elsewhere }) => {
    const row = byId.get(id);
    if (!row) return [];
    const why = whyOf(row, targets.get(row.endpointId) ?? null, scope.skipDelivered && elsewhere);
    const event = `${row.eventId} ${row.endpointId}`;
    const second = scope.skipDelivered && begun.has(event);
    if (!why) begun.add(event);
    return [{ delivery: row, why: why ?? (second ? "same_event" : null) }];
  });
}

function whyOf({ status, parked }: DeliveryRow, target: Target, elsewhere: boolean): LeftOut | null {
  if (status === "sending") return "on_its_way";
  return whyLeftOut({ status, parked, job: "unknown" }, target, elsewhere);
}
