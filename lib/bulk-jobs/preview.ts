import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { firstIdAt } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";
import { type EndpointName, endpointNames } from "../reports/endpoint-names.ts";
import type { StoredStatus } from "../reports/sending.ts";
import { type LeftOut, type Target, whyLeftOut } from "./left-out.ts";
import { deliveriesOf } from "./matches.ts";
import type { JobScope } from "./scope.ts";

/** A page counts so far; what is beyond is counted by the job, before it touches the first row. */
export const MOST_COUNTED = 50_000;

export type Share<Of> = Of & { count: number };
export type Preview = {
  /** Rows that match, and whether there are more than that. */
  matching: number;
  atLeast: boolean;
  /** Of those: what gets a further attempt, as far as can be told now. */
  willRun: number;
  leftOut: Share<{ why: LeftOut }>[];
  byEndpoint: Share<{ endpointId: string; endpoint: EndpointName | null }>[];
  byType: Share<{ type: string }>[];
  byError: Share<{ outcome: Outcome | null; statusCode: number | null }>[];
};

type Group = {
  endpointId: string;
  type: string;
  outcome: Outcome | null;
  statusCode: number | null;
  status: StoredStatus;
  parked: boolean;
  elsewhere: boolean;
  count: number;
};

/** What a retry would run over, counted and broken down by the rules it will follow. */
export async function previewRetry(workspaceId: string, scope: JobScope): Promise<Preview> {
  const groups = await countGroups(deliveriesOf(db(), workspaceId, scope.over));
  const targets = await listTargets(workspaceId, [...new Set(groups.map(({ endpointId }) => endpointId))]);
  const judged = groups.map((group) => {
    const target = targets.get(group.endpointId) ?? null;
    const elsewhere = scope.skipDelivered && group.elsewhere;
    return { ...group, why: whyLeftOut({ ...group, job: "unknown" }, target, elsewhere) };
  });
  const running = judged.filter(({ why }) => why === null);
  const sum = (rows: { count: number }[]) => rows.reduce((all, { count }) => all + count, 0);
  const matching = sum(groups);
  const names = await endpointNames(workspaceId, [...targets.keys()]);
  return {
    matching: Math.min(matching, MOST_COUNTED),
    atLeast: matching > MOST_COUNTED,
    willRun: Math.min(sum(running), MOST_COUNTED),
    leftOut: shares(
      judged.flatMap(({ why, count }) => (why ? [{ why, count }] : [])),
      ({ why }) => why,
    ),
    byEndpoint: shares(
      running.map(({ endpointId, count }) => ({ endpointId, endpoint: names.get(endpointId) ?? null, count })),
      ({ endpointId }) => endpointId,
    ),
    byType: shares(
      running.map(({ type, count }) => ({ type, count })),
      ({ type }) => type,
    ),
    byError: shares(
      running.map(({ outcome, statusCode, count }) => ({ outcome, statusCode, count })),
      ({ outcome, statusCode }) => `${outcome} ${statusCode}`,
    ),
  };
}

/** Whether its event has reached its endpoint by another delivery: never one of an earlier day than the event's. */
const elsewhere = () => sql<boolean>`exists (
  select from delivery x where x.event_id = matching.event_id and x.endpoint_id = matching.endpoint_id
    and x.status = 'delivered' and x.id >= matching.event_id and x.id < ${firstIdAt(Date.now() + DAY_MS)})`;

async function countGroups(conditions: (SQL | undefined)[]): Promise<Group[]> {
  const matching = db()
    .select({
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
  return db().execute<Group>(sql`
    select endpoint_id as "endpointId", event_type as type, last_outcome as outcome,
      last_status_code as "statusCode", status, parked, elsewhere, count(*)::int as count
    from (select *, ${elsewhere()} as elsewhere from ${matching}) as judged
    group by 1, 2, 3, 4, 5, 6, 7`) as Promise<Group[]>;
}

/** The endpoints of these ids, as far as retrying at them goes. */
export async function listTargets(workspaceId: string, ids: string[]): Promise<Map<string, Target>> {
  if (ids.length === 0) return new Map();
  const rows = await db()
    .select({ id: endpoint.id, status: endpoint.status, deletedAt: endpoint.deletedAt })
    .from(endpoint)
    .where(and(eq(endpoint.workspaceId, workspaceId), inArray(endpoint.id, ids)));
  return new Map(rows.map(({ id, status, deletedAt }) => [id, { status, deleted: deletedAt !== null }]));
}

/** Summed by a key, the greatest first. */
function shares<Row extends { count: number }>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const known = sums.get(keyOf(row));
    sums.set(keyOf(row), known ? { ...known, count: known.count + row.count } : row);
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}
