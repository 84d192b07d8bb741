import { type Reader, withinTime } from "./within-time.ts";

/** How far the first look goes where no index helps, and how far one goes at least and at most. */
const FIRST_MS = 3_600_000;
const LEAST_MS = 60_000;
const MOST_MS = 30 * 86_400_000;
/** A look this short lets the next one go four times as far, one this long half as far. */
const QUICK_MS = 40;
const SLOW_MS = 160;
const WIDER = 4;
/** Even the smallest look gets this long once: else a search could stand still. */
const LAST_TRY_MS = 5_000;

type Span = { from: Date; to: Date };

/**
 * Looks through a span from its end to its beginning, a part at a time, until `enough` says so or the time is used up;
 * then it tells how far back it came. For what no index finds: one statement over all of it might read the world.
 */
export async function stepBack<Found>(
  { from, to, firstMs = FIRST_MS }: Span & { firstMs?: number },
  budgetMs: number,
  look: (reader: Reader, part: Span) => Promise<Found>,
  enough: (found: Found) => boolean,
): Promise<{ searchedTo: Date | null }> {
  const begun = performance.now();
  const left = () => budgetMs - (performance.now() - begun);
  let width = firstMs;
  let end = to.getTime();
  while (end > from.getTime()) {
    const start = Math.max(end - width, from.getTime());
    const startedAt = performance.now();
    const smallest = width <= LEAST_MS;
    const part = { from: new Date(start), to: new Date(end) };
    const found = await withinTime(smallest ? LAST_TRY_MS : Math.max(left(), 1), (reader) => look(reader, part));
    const tookMs = performance.now() - startedAt;
    if (found !== null) end = start;
    if (found !== null && enough(found)) return { searchedTo: null };
    if (found === null && smallest) break;
    if (left() <= 0 && end < to.getTime()) break;
    width = nextWidth(width, found === null, tookMs);
  }
  return { searchedTo: end > from.getTime() ? new Date(end) : null };
}

function nextWidth(width: number, ranOut: boolean, tookMs: number): number {
  if (ranOut) return LEAST_MS;
  if (tookMs < QUICK_MS) return Math.min(width * WIDER, MOST_MS);
  return tookMs > SLOW_MS ? Math.max(width / 2, LEAST_MS) : width;
}
