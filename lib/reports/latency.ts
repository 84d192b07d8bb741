import { LATENCY_BOUNDS_MS } from "../delivery/outcomes.ts";

export const LATENCY_BUCKETS = LATENCY_BOUNDS_MS.length + 1;

/** An attempt's deadline is at most this, and with it the end of the bucket that has none of its own. */
const LONGEST_MS = 60_000;

/** The latency below which a share of the attempts stayed, as if each bucket were evenly filled; null without attempts. */
export function percentile(buckets: readonly number[], share: number): number | null {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = total * share;
  let below = 0;
  for (const [index, count] of buckets.entries()) {
    if (count > 0 && below + count >= wanted) {
      const from = LATENCY_BOUNDS_MS[index - 1] ?? 0;
      const to = LATENCY_BOUNDS_MS[index] ?? LONGEST_MS;
      return Math.round(from + ((wanted - below) / count) * (to - from));
    }
    below += count;
  }
  return LONGEST_MS;
}

export function addBuckets(left: readonly number[], right: readonly number[]): number[] {
  return Array.from({ length: LATENCY_BUCKETS }, (_, index) => (left[index] ?? 0) + (right[index] ?? 0));
}
