import fc from "fast-check";
import { expect, test } from "vitest";
import { attemptTimes, describeSchedule, formatSchedule, parseSchedule } from "../../../lib/endpoints/schedule-text.ts";

const DEFAULT = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

test.each([
  ["5s, 5m, 30m, 2h", [5, 300, 1_800, 7_200]],
  ["5 300", [5, 300]],
  ["1d;2H", [86_400, 7_200]],
  ["", []],
])("%j is read as waits in seconds", (text, waits) => {
  expect(parseSchedule(text)).toEqual(waits);
});

test.each(["5x", "-5", "1.5h", "soon", "5s, m"])("%j is not a schedule", (text) => {
  expect(parseSchedule(text)).toBeNull();
});

test("what is written is read back as the same waits", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9_999_999 })), (waits) => {
      expect(parseSchedule(formatSchedule(waits))).toEqual(waits);
    }),
  );
});

test("a schedule is written in its units", () => {
  expect(formatSchedule(DEFAULT)).toBe("5s, 5m, 30m, 2h, 5h, 10h, 14h, 20h, 24h");
});

test.each([
  [DEFAULT, "10 attempts over 3\u00a0days"],
  [[5, 300, 1_800], "4 attempts over 35\u00a0min"],
  [[5], "2 attempts over 5\u00a0s"],
  [[3_600, 10_800], "3 attempts over 4\u00a0h"],
  [[], "1 attempt, no retries"],
])("%j is described as %j", (waits, words) => {
  expect(describeSchedule(waits)).toBe(words);
});

test("the preview starts at once and adds up the waits", () => {
  const times = attemptTimes([5, 300], new Date("2026-10-14T10:41:22Z"));
  expect(times.map((time) => time.toISOString().slice(11, 19))).toEqual(["10:41:22", "10:41:27", "10:46:27"]);
});
