import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pace } from "../../../../components/live/pace";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const GAP_MS = 1_000;

/** Counts how often was asked; each answer takes so long. */
function asking(tookMs = 0) {
  const asked = { times: 0, ask: async () => {} };
  asked.ask = async () => {
    asked.times++;
    await new Promise((resolve) => setTimeout(resolve, tookMs));
  };
  return asked;
}

test("the first change is asked about at once", async () => {
  const asked = asking();
  new Pace(GAP_MS).soon(asked.ask);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.times).toBe(1);
});

test("a hundred changes in ten seconds are asked about once a second", async () => {
  const [pace, asked] = [new Pace(GAP_MS), asking()];
  for (let change = 0; change < 100; change++) {
    pace.soon(asked.ask);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked.times).toBeGreaterThanOrEqual(9);
  expect(asked.times).toBeLessThanOrEqual(11);
});

test("answers that take a second are asked for every sixth second, not every second", async () => {
  const [pace, asked] = [new Pace(GAP_MS), asking(1_000)];
  for (let change = 0; change < 250; change++) {
    pace.soon(asked.ask);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked.times).toBe(5);
});

test("what changes while an answer is on its way is asked about once more", async () => {
  const [pace, asked] = [new Pace(GAP_MS), asking(300)];
  pace.now(asked.ask);
  await vi.advanceTimersByTimeAsync(100);
  pace.now(asked.ask);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.times).toBe(2);
});

test("a change that was told before the address was another is asked about at the new one", async () => {
  const [pace, before, after] = [new Pace(GAP_MS), asking(), asking()];
  pace.now(before.ask);
  await vi.advanceTimersByTimeAsync(10);
  pace.soon(before.ask);
  pace.cancel();
  pace.resume(after.ask);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([before.times, after.times]).toEqual([1, 1]);
});
