/**
 * Calls that have been read and wait for their commit. A stall of a second at the usual pace fits; beyond it, a caller
 * is better served by a refusal at once than by an answer after its patience.
 */
const MAX_WAITING_CALLS = 500;

let waiting = 0;

/** Asked before a body is read, so that one too many is told at once and at little cost. */
export function isCrowded(max = MAX_WAITING_CALLS): boolean {
  return waiting >= max;
}

/** Runs what a call waits for, unless too many wait already: then null. */
export async function whileWaiting<T>(run: () => Promise<T>, max = MAX_WAITING_CALLS): Promise<T | null> {
  if (isCrowded(max)) return null;
  waiting++;
  try {
    return await run();
  } finally {
    waiting--;
  }
}
