import type { EndpointHealth } from "../endpoints/states.ts";
import { endpointHealth } from "./endpoint-health.ts";
import { percentile } from "./latency.ts";
import { type StepCounts, successRate, total } from "./stats.ts";

const SHOWN = 10;

/** An endpoint that is well again is listed while its success rate of the range is below this. */
const WORTH_A_ROW = 0.99;

/** The worst first. */
const SEVERITY: Record<EndpointHealth, number> = { failing: 0, disabled: 1, degraded: 2, healthy: 3, paused: 4 };

/** Endpoints with something wrong, by how bad it is and then by how much failed. */
export async function troubledEndpoints(
  workspaceId: string,
  counts: StepCounts[],
  retrying: Map<string, number>,
  now: Date,
) {
  const health = await endpointHealth(workspaceId, undefined, now);
  const byEndpoint = Map.groupBy(counts, (count) => count.endpointId);
  const rows = [...health].map(([id, { url, health, reason, since, types }]) => {
    const sums = total(byEndpoint.get(id) ?? []);
    const { failed, retried } = sums;
    const rate = successRate(sums);
    const sparkline = successPerStep(byEndpoint.get(id) ?? []);
    const p95Ms = percentile(sums.latency, 0.95);
    return {
      id,
      url,
      health,
      reason,
      types,
      since,
      failed,
      retried,
      retrying: retrying.get(id) ?? 0,
      successRate: rate,
      sparkline,
      p95Ms,
    };
  });
  return rows
    .filter((row) => row.health !== "paused" && (row.health !== "healthy" || (row.successRate ?? 1) < WORTH_A_ROW))
    .sort((a, b) => SEVERITY[a.health] - SEVERITY[b.health] || b.failed - a.failed || b.retrying - a.retrying)
    .slice(0, SHOWN);
}
export type TroubledEndpoint = Awaited<ReturnType<typeof troubledEndpoints>>[number];

function successPerStep(counts: StepCounts[]): (number | null)[] {
  const last = Math.max(0, ...counts.map((count) => count.step));
  const first = Math.min(last, ...counts.map((count) => count.step));
  return Array.from({ length: last - first + 1 }, (_, index) =>
    successRate(total(counts.filter((count) => count.step === first + index))),
  );
}
