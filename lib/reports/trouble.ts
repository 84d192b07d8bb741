import { and, count, countDistinct, desc, eq, gte, inArray, max, sql } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { firstIdAt, idTime } from "../ids.ts";

/** However long an outage was, a page looks at this many of its deliveries. */
const SAMPLE = 20_000;

/** Failed and retrying deliveries of a time, by what their last attempt ended with. */
export type CauseRow = {
  outcome: Outcome;
  statusCode: number | null;
  deliveries: number;
  endpoints: number;
  newest: Date;
};

export async function topCauses(workspaceId: string, from: Date): Promise<CauseRow[]> {
  const sample = troubled(workspaceId, from, ["failed", "retrying"]);
  const rows = await db()
    .select({
      outcome: sample.outcome,
      statusCode: sample.statusCode,
      deliveries: count(),
      endpoints: countDistinct(sample.endpointId),
      newest: sql<string>`${max(sql`${sample.id}::text`)}`,
    })
    .from(sample)
    .groupBy(sample.outcome, sample.statusCode)
    .orderBy(desc(count()))
    .limit(8);
  return rows.flatMap(({ outcome, newest, ...row }) => (outcome ? [{ ...row, outcome, newest: idTime(newest) }] : []));
}

/** Deliveries that are retrying now, per endpoint, whenever they were made. */
export async function countRetrying(workspaceId: string): Promise<Map<string, number>> {
  const sample = troubled(workspaceId, new Date(0), ["retrying"]);
  const rows = await db()
    .select({ endpointId: sample.endpointId, deliveries: count() })
    .from(sample)
    .groupBy(sample.endpointId);
  return new Map(rows.map((row) => [row.endpointId, row.deliveries]));
}

function troubled(workspaceId: string, from: Date, statuses: ("failed" | "retrying")[]) {
  return db()
    .select({
      id: delivery.id,
      endpointId: delivery.endpointId,
      outcome: sql<Outcome | null>`${delivery.lastOutcome}`.as("outcome"),
      statusCode: sql<number | null>`${delivery.lastStatusCode}`.as("status_code"),
    })
    .from(delivery)
    .where(
      and(
        eq(delivery.workspaceId, workspaceId),
        eq(delivery.trouble, true),
        eq(delivery.test, false),
        inArray(delivery.status, statuses),
        gte(delivery.id, firstIdAt(from)),
      ),
    )
    .orderBy(desc(delivery.id))
    .limit(SAMPLE)
    .as("troubled");
}
