import type { Figures } from "@/lib/reports/overview.ts";
import { formatDuration, formatNumber, formatPercent } from "../ui/format";
import type { Delta } from "./figure";

/** A fall of the success rate by this much is worth red. */
const RATE_FALL = 0.002;
/** A latency this many times the one before is worth amber. */
const LATENCY_RISE = 1.5;

/** How the success rate moved, in points of a percent. */
export function rateDelta(now: Pick<Figures, "successRate">, before: Pick<Figures, "successRate">): Delta | null {
  if (now.successRate === null || before.successRate === null) return null;
  const change = now.successRate - before.successRate;
  const points = Math.round(Math.abs(change) * 10_000) / 100;
  return {
    change: points === 0 ? 0 : change,
    text: points === 0 ? "" : `${points}\u00a0pt`,
    tone: change <= -RATE_FALL ? "bad" : undefined,
    before: points === 0 ? "as before" : `from ${formatPercent(before.successRate)}`,
  };
}

/** How a count moved, as a share of what it was. */
export function countDelta(now: number, before: number): Delta | null {
  if (before === 0) return null;
  const change = (now - before) / before;
  return { change, text: change === 0 ? "" : formatPercent(Math.abs(change)), before: `from ${formatNumber(before)}` };
}

export function latencyDelta(nowMs: number | null, beforeMs: number | null): Delta | null {
  if (nowMs === null || beforeMs === null) return null;
  const change = nowMs - beforeMs;
  return {
    change,
    text: change === 0 ? "" : formatDuration(Math.abs(change)),
    tone: beforeMs > 0 && nowMs / beforeMs >= LATENCY_RISE ? "warn" : undefined,
    before: change === 0 ? "as before" : `from ${formatDuration(beforeMs)}`,
  };
}
