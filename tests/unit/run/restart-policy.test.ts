import { expect, test } from "vitest";
import { restartDelayMs } from "../../../lib/run/restart-policy.ts";

test("the first end is mended at once, each further one within a minute waits longer, up to five seconds", () => {
  const ends = Array.from({ length: 9 }, (_, index) => 1_000_000 + index * 1_000);
  const delays = ends.map((_, index) => restartDelayMs(ends.slice(0, index + 1)));
  expect(delays).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
});

test("the tenth end within a minute is the last", () => {
  expect(restartDelayMs(Array.from({ length: 10 }, (_, index) => index * 6_000))).toBeNull();
});

test("ends longer ago than a minute are forgotten", () => {
  expect(restartDelayMs(Array.from({ length: 50 }, (_, index) => index * 61_000))).toBe(100);
});
