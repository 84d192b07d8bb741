/** A span of numbers of attempts, both ends included; null = open. */
export type AttemptSpan = { least: number; most: number | null };

/** More attempts than this no delivery has; the column could not hold far greater numbers either. */
const MOST_ATTEMPTS = 99_999;

/** `3`, `>3`, `>=3`, `<3`, `<=3` or `2-5`; null for anything else, also for a span with nothing in it. */
export function readAttempts(text: string): AttemptSpan | null {
  const match = /^(?:(>=|<=|>|<|=)?(\d{1,5})|(\d{1,5})-(\d{1,5}))$/.exec(text);
  if (!match) return null;
  const [, sign = "=", bound, from, to] = match;
  if (from && to) return Number(from) <= Number(to) ? { least: Number(from), most: Number(to) } : null;
  return SPANS[sign]?.(Number(bound)) ?? null;
}

const SPANS: Record<string, (bound: number) => AttemptSpan | null> = {
  "=": (bound) => ({ least: bound, most: bound }),
  ">": (bound) => (bound < MOST_ATTEMPTS ? { least: bound + 1, most: null } : null),
  ">=": (bound) => ({ least: bound, most: null }),
  "<": (bound) => (bound > 0 ? { least: 0, most: bound - 1 } : null),
  "<=": (bound) => ({ least: 0, most: bound }),
};
