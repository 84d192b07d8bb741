import { and, eq, gte, max, sql } from "drizzle-orm";
import { deliveryStat } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";

const DAY_MS = 86_400_000;

/** How the deliveries of one event type to one endpoint went in the last 24 hours. */
export type EndpointType = { type: string; delivered: number; failed: number; retried: number; lastAt: Date | null };

export async function endpointTypes(
  workspaceId: string,
  endpointId: string,
  now = new Date(),
): Promise<Map<string, EndpointType>> {
  const sum = (column: typeof deliveryStat.delivered | typeof deliveryStat.failed | typeof deliveryStat.retried) =>
    sql<number>`sum(${column})::float8`;
  const rows = await db()
    .select({
      type: deliveryStat.eventType,
      delivered: sum(deliveryStat.delivered),
      failed: sum(deliveryStat.failed),
      retried: sum(deliveryStat.retried),
      lastAt: max(deliveryStat.bucket),
    })
    .from(deliveryStat)
    .where(
      and(
        eq(deliveryStat.workspaceId, workspaceId),
        eq(deliveryStat.endpointId, endpointId),
        gte(deliveryStat.bucket, new Date(now.getTime() - DAY_MS)),
      ),
    )
    .groupBy(deliveryStat.eventType);
  return new Map(rows.map((row) => [row.type, row]));
}
