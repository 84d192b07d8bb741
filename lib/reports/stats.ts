import { and, eq, gt, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { deliveryStat } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { addBuckets, LATENCY_BUCKETS } from "./latency.ts";

/** Counts over some span of time: deliveries by their end, attempts that left a retry behind, attempts by latency. */
export type Counts = { delivered: number; failed: number; retried: number; latency: number[] };

/** Counts of one endpoint in one step; `step` numbers the steps from `from`. */
export type StepCounts = Counts & { endpointId: string; step: number };

export const NO_COUNTS: Counts = { delivered: 0, failed: 0, retried: 0, latency: [] };

/** What `delivery_stat` says about a span, by endpoint and by step. Test traffic is not in there. */
export async function countSteps(
  workspaceId: string,
  span: { from: Date; to: Date; stepMs: number },
  endpointIds?: string[],
): Promise<StepCounts[]> {
  // date_part, not extract: the latter's numeric arithmetic doubled the time over 60,000 rows.
  const step = sql<number>`floor((date_part('epoch', ${deliveryStat.bucket}) * 1000 - ${span.from.getTime()}::float8) / ${span.stepMs}::float8)::int`;
  return db()
    .select({ endpointId: deliveryStat.endpointId, step: step.as("step"), ...SUMS })
    .from(deliveryStat)
    .where(
      and(
        eq(deliveryStat.workspaceId, workspaceId),
        gte(deliveryStat.bucket, span.from),
        lt(deliveryStat.bucket, span.to),
        endpointIds ? inArray(deliveryStat.endpointId, endpointIds) : undefined,
      ),
    )
    .groupBy(deliveryStat.endpointId, sql`step`);
}

/** Failed deliveries per endpoint since then: `countSteps` without what a list of sentences does not need. */
export async function countFailed(workspaceId: string, from: Date): Promise<Map<string, number>> {
  const rows = await db()
    .select({ endpointId: deliveryStat.endpointId, failed: sum(sql`${deliveryStat.failed}`) })
    .from(deliveryStat)
    .where(and(eq(deliveryStat.workspaceId, workspaceId), gte(deliveryStat.bucket, from), gt(deliveryStat.failed, 0)))
    .groupBy(deliveryStat.endpointId);
  return new Map(rows.map((row) => [row.endpointId, row.failed]));
}

const SUMS = {
  delivered: sum(sql`${deliveryStat.delivered}`),
  failed: sum(sql`${deliveryStat.failed}`),
  retried: sum(sql`${deliveryStat.retried}`),
  latency: sql<number[]>`array[${sql.join(
    Array.from({ length: LATENCY_BUCKETS }, (_, index) =>
      sum(sql`${deliveryStat.latency}[${sql.raw(`${index + 1}`)}]`),
    ),
    sql`, `,
  )}]`,
};

function sum(column: SQL): SQL<number> {
  return sql<number>`coalesce(sum(${column}), 0)::float8`;
}

export function total(counts: Counts[]): Counts {
  return counts.reduce(
    (sum, each) => ({
      delivered: sum.delivered + each.delivered,
      failed: sum.failed + each.failed,
      retried: sum.retried + each.retried,
      latency: addBuckets(sum.latency, each.latency),
    }),
    NO_COUNTS,
  );
}

/** Delivered of finished, 0 to 1; null when nothing finished. */
export function successRate({ delivered, failed }: Counts): number | null {
  return delivered + failed === 0 ? null : delivered / (delivered + failed);
}

/** Attempts that failed, of all; null without attempts. */
export function failingShare({ delivered, failed, retried }: Counts): number | null {
  const attempts = delivered + failed + retried;
  return attempts === 0 ? null : (failed + retried) / attempts;
}
