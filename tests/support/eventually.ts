import { setTimeout as delay } from "node:timers/promises";

type Patience = { withinMs?: number; everyMs?: number };

/**
 * Asks until the answer is there, and returns it. A probe that returns null, undefined or false, or that throws (a
 * failed expectation), is asked again; at the deadline the last failure is what the test reports.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  { withinMs = 15_000, everyMs = 20 }: Patience = {},
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let failure: unknown;
    try {
      const answer = await probe();
      if (isThere(answer)) return answer;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadline) throw failure ?? new Error(`Did not come true within ${withinMs} ms: ${probe}`);
    await delay(everyMs);
  }
}

function isThere<T>(answer: T): answer is Exclude<T, null | undefined | false> {
  return answer !== null && answer !== undefined && answer !== false;
}
