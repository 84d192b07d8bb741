import { and, asc, count, eq, gte, isNull, min, sql } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";
import type { DeliveryRow } from "./deliveries.ts";
import { countSteps, failingShare, total } from "./stats.ts";

/** How far back like failures are looked for, and how many are counted: a page must answer during an outage too. */
const WINDOW_MS = 86_400_000;
const MOST = 5_000;
const HOUR_MS = 3_600_000;

/** What else failed in the same way, and whether others are fine. */
export type Evidence = {
  /** Deliveries to this endpoint whose last attempt ended alike, this one included, and when the first was made. */
  alike: { count: number; atLeast: boolean; since: Date };
  /** Other endpoints with traffic in the last hour: how many, and how many of them are failing. */
  others: { active: number; failing: number };
};

/** The evidence beside a delivery's diagnosis; null while its last attempt has not failed. */
export async function evidence(workspaceId: string, row: DeliveryRow, now = new Date()): Promise<Evidence | null> {
  if (!row.lastOutcome || row.lastOutcome === "success") return null;
  const span = { from: new Date(now.getTime() - HOUR_MS), to: new Date(now.getTime() + HOUR_MS), stepMs: 2 * HOUR_MS };
  const [alike, counts] = await Promise.all([countAlike(workspaceId, row), countSteps(workspaceId, span)]);
  const others = [...Map.groupBy(counts, (count) => count.endpointId)]
    .filter(([endpointId]) => endpointId !== row.endpointId)
    .map(([, steps]) => failingShare(total(steps)) ?? 0);
  return { alike, others: { active: others.length, failing: others.filter((share) => share >= 0.5).length } };
}

async function countAlike(workspaceId: string, row: DeliveryRow): Promise<Evidence["alike"]> {
  const alike = db()
    .select({ id: delivery.id })
    .from(delivery)
    .where(
      and(
        eq(delivery.workspaceId, workspaceId),
        eq(delivery.trouble, true),
        eq(delivery.endpointId, row.endpointId),
        gte(delivery.id, firstIdAt(row.createdAt.getTime() - WINDOW_MS)),
        row.lastOutcome ? eq(delivery.lastOutcome, row.lastOutcome) : undefined,
        row.lastStatusCode === null ? isNull(delivery.lastStatusCode) : eq(delivery.lastStatusCode, row.lastStatusCode),
      ),
    )
    .orderBy(asc(delivery.id))
    .limit(MOST)
    .as("alike");
  const [found] = await db()
    .select({ count: count(), first: sql<string | null>`${min(sql`${alike.id}::text`)}` })
    .from(alike);
  const since = found?.first ? idTime(found.first) : row.createdAt;
  return { count: found?.count ?? 0, atLeast: found?.count === MOST, since };
}
