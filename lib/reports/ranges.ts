const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a report looks back on, and how wide a bar of its chart is. */
export const RANGES = {
  "1h": { label: "1 h", lengthMs: HOUR_MS, stepMs: 2 * MINUTE_MS, step: "2 min" },
  "24h": { label: "24 h", lengthMs: 24 * HOUR_MS, stepMs: 30 * MINUTE_MS, step: "30 min" },
  "7d": { label: "7 d", lengthMs: 7 * 24 * HOUR_MS, stepMs: 3 * HOUR_MS, step: "3 h" },
  "30d": { label: "30 d", lengthMs: 30 * 24 * HOUR_MS, stepMs: 12 * HOUR_MS, step: "12 h" },
} as const;
export type Range = keyof typeof RANGES;

export const RANGE_NAMES = Object.keys(RANGES) as Range[];

/** The starts of a range's steps up to `now`. Steps begin at whole multiples, so that a reload moves no bar. */
export function stepsOf(range: Range, now: Date): Date[] {
  const { lengthMs, stepMs } = RANGES[range];
  const last = Math.floor(now.getTime() / stepMs) * stepMs;
  const count = lengthMs / stepMs;
  return Array.from({ length: count }, (_, index) => new Date(last - (count - 1 - index) * stepMs));
}
