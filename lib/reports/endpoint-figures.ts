import { and, eq, inArray } from "drizzle-orm";
import { endpoint, endpointState } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { percentile } from "./latency.ts";
import { countSteps, successRate, total } from "./stats.ts";

/** What a row about an endpoint shows of its last 24 hours. */
export type EndpointFigures = {
  delivered: number;
  failed: number;
  retried: number;
  /** Delivered of finished, 0 to 1; null when nothing finished. */
  successRate: number | null;
  p95Ms: number | null;
  /** Success rate per two hours, oldest first; null where nothing finished. */
  sparkline: (number | null)[];
  lastAttemptAt: Date | null;
};

const DAY_MS = 86_400_000;
const STEP_MS = 7_200_000;
const STEPS = DAY_MS / STEP_MS;

export async function endpointFigures(
  workspaceId: string,
  ids: string[],
  now = new Date(),
): Promise<Map<string, EndpointFigures>> {
  if (ids.length === 0) return new Map();
  // The minute that is running belongs to the last step.
  const to = new Date(now.getTime() + 60_000);
  const from = new Date(to.getTime() - DAY_MS);
  const [counts, last] = await Promise.all([
    countSteps(workspaceId, { from, to, stepMs: STEP_MS }, ids),
    lastAttempts(workspaceId, ids),
  ]);
  return new Map(
    ids.map((id) => {
      const mine = counts.filter((count) => count.endpointId === id);
      const { latency, ...sums } = total(mine);
      const sparkline = Array.from({ length: STEPS }, (_, step) =>
        successRate(total(mine.filter((count) => count.step === step))),
      );
      const figures = { ...sums, successRate: successRate({ latency, ...sums }), p95Ms: percentile(latency, 0.95) };
      return [id, { ...figures, sparkline, lastAttemptAt: last.get(id) ?? null }];
    }),
  );
}

async function lastAttempts(workspaceId: string, ids: string[]): Promise<Map<string, Date>> {
  const rows = await db()
    .select({
      id: endpointState.endpointId,
      success: endpointState.lastSuccessAt,
      failure: endpointState.lastFailureAt,
    })
    .from(endpointState)
    .innerJoin(endpoint, eq(endpoint.id, endpointState.endpointId))
    .where(and(eq(endpoint.workspaceId, workspaceId), inArray(endpointState.endpointId, ids)));
  return new Map(
    rows.flatMap(({ id, success, failure }) => {
      const newest = Math.max(success?.getTime() ?? 0, failure?.getTime() ?? 0);
      return newest ? [[id, new Date(newest)] as const] : [];
    }),
  );
}
