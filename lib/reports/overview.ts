import { oldestQueuedMs } from "./backlog.ts";
import { percentile } from "./latency.ts";
import { RANGES, type Range, stepsOf } from "./ranges.ts";
import { type Counts, countSteps, type StepCounts, successRate, total } from "./stats.ts";
import { countRetrying, topCauses } from "./trouble.ts";
import { troubledEndpoints } from "./troubled-endpoints.ts";

/** A span's figures. `deliveries` are those that finished in it; retried attempts count apart. */
export type Figures = {
  successRate: number | null;
  deliveries: number;
  delivered: number;
  failed: number;
  retried: number;
  p50Ms: number | null;
  p95Ms: number | null;
};

/** One bar of the charts. */
export type Point = { at: Date } & Omit<Figures, "deliveries">;

/** Everything the overview says about a range, and the same figures for the time just before it. */
export async function overview(workspaceId: string, range: Range, now = new Date()) {
  const { stepMs, lengthMs } = RANGES[range];
  const steps = stepsOf(range, now);
  const from = steps[0] ?? now;
  const to = new Date(from.getTime() + lengthMs);
  const before = { from: new Date(from.getTime() - lengthMs), to: from, stepMs: lengthMs };
  const [counts, previous, retrying, oldestMs, causes] = await Promise.all([
    countSteps(workspaceId, { from, to, stepMs }),
    countSteps(workspaceId, before),
    countRetrying(workspaceId),
    oldestQueuedMs(workspaceId),
    topCauses(workspaceId, from),
  ]);
  return {
    from,
    to,
    figures: figuresOf(total(counts)),
    previous: figuresOf(total(previous)),
    series: steps.map((at, step) => pointOf(at, step, counts)),
    retryingNow: [...retrying.values()].reduce((sum, count) => sum + count, 0),
    oldestQueuedMs: oldestMs,
    causes,
    endpoints: await troubledEndpoints(workspaceId, counts, retrying, now),
  };
}
export type Overview = Awaited<ReturnType<typeof overview>>;

function pointOf(at: Date, step: number, counts: StepCounts[]): Point {
  const { deliveries: _, ...figures } = figuresOf(total(counts.filter((count) => count.step === step)));
  return { at, ...figures };
}

function figuresOf(counts: Counts): Figures {
  const { delivered, failed, retried, latency } = counts;
  return {
    successRate: successRate(counts),
    deliveries: delivered + failed,
    delivered,
    failed,
    retried,
    p50Ms: percentile(latency, 0.5),
    p95Ms: percentile(latency, 0.95),
  };
}
