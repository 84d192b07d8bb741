const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Steps that people count in; a strip has at most `MOST_BARS` of them. */
const STEPS_MS = [
  ...[1, 5, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 8, 12, 24].map((hours) => hours * HOUR_MS),
  ...[48, 168, 720].map((hours) => hours * HOUR_MS),
];
export const MOST_BARS = 97;

/** The starts of a span's steps and their length; steps begin at whole multiples, so that a reload moves no bar. */
export function barSteps({ from, to }: { from: Date; to: Date }): { starts: Date[]; stepMs: number } {
  const length = Math.max(to.getTime() - from.getTime(), 1);
  const widest = STEPS_MS.at(-1) ?? HOUR_MS;
  const stepMs = STEPS_MS.find((step) => length / step <= MOST_BARS - 1) ?? Math.ceil(length / widest / 90) * widest;
  const first = Math.floor(from.getTime() / stepMs) * stepMs;
  const count = Math.max(Math.ceil((to.getTime() - first) / stepMs), 1);
  return { starts: Array.from({ length: count }, (_, index) => new Date(first + index * stepMs)), stepMs };
}
