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

/** How long a search may take, and how few rows are looked through at once, whatever that takes. */
export type Effort = { patienceMs: number; atOnce: number };

type Span = { from: Date; to: Date };
type Search<Found> = {
  span: Span;
  effort: Effort;
  /** About how many rows lie in the span. */
  rows: (reader: Reader) => Promise<number>;
  look: (reader: Reader, part: Span) => Promise<Found>;
  /** Whether what was found so far will do. */
  enough: (found: Found) => boolean;
  firstMs?: number;
};

/**
 * Looks through a span from its end to its beginning, a part at a time, until enough is found or the time is used up;
 * then it tells how far back it came. For what no index finds: one statement over all of it might read the world.
 */
export async function stepBack<Found>(search: Search<Found>): Promise<{ searchedTo: Date | null }> {
  const { from, to } = search.span;
  if (from >= to || (await lookAtOnce(search))) return { searchedTo: null };
  const begun = performance.now();
  const left = () => search.effort.patienceMs - (performance.now() - begun);
  let width = search.firstMs ?? FIRST_MS;
  let end = to.getTime();
  while (end > from.getTime()) {
    const start = Math.max(end - width, from.getTime());
    const startedAt = performance.now();
    const smallest = width <= LEAST_MS;
    const part = { from: new Date(start), to: new Date(end) };
    const found = await withinTime(smallest ? LAST_TRY_MS : Math.max(left(), 1), (reader) => search.look(reader, part));
    const tookMs = performance.now() - startedAt;
    if (found !== null) end = start;
    if (found !== null && search.enough(found)) return { searchedTo: null };
    if (found === null && smallest) break;
    if (left() <= 0 && end < to.getTime()) break;
    width = nextWidth(width, found === null, tookMs);
  }
  return { searchedTo: end > from.getTime() ? new Date(end) : null };
}

/** Few rows need no steps, and no clock to stop them on a busy machine. */
async function lookAtOnce<Found>({ span, effort, rows, look }: Search<Found>): Promise<boolean> {
  const found = await withinTime(LAST_TRY_MS, async (reader) =>
    (await rows(reader)) <= effort.atOnce ? look(reader, span) : null,
  );
  return found !== null;
}

function nextWidth(width: number, ranOut: boolean, tookMs: number): number {
  if (ranOut) return LEAST_MS;
  if (tookMs < QUICK_MS) return Math.min(width * WIDER, MOST_MS);
  return tookMs > SLOW_MS ? Math.max(width / 2, LEAST_MS) : width;
}
