import { expect, test } from "vitest";
import { linePath } from "../../../../components/charts/latency-chart.tsx";
import { timeTicks } from "../../../../components/charts/time-axis.ts";
import { valueAxis } from "../../../../components/charts/value-axis.ts";
import { stack } from "../../../../components/charts/volume-chart.tsx";
import { RANGE_NAMES, RANGES, stepsOf } from "../../../../lib/reports/ranges.ts";

test.each([
  [0, [0, 1, 2, 3]],
  [1, [0, 1, 2, 3]],
  [4, [0, 2, 4, 6]],
  [395, [0, 150, 300, 450]],
  [599, [0, 200, 400, 600]],
  [25_000, [0, 10_000, 20_000, 30_000]],
])("an axis up to %i has whole, round gridlines", (max, ticks) => {
  const axis = valueAxis(max, 180);
  expect(axis.ticks).toEqual(ticks);
  expect([axis.y(0), axis.y(ticks[3]!)]).toEqual([180, 0]);
});

test("segments stack in order, at least 1 px high and 1 px apart", () => {
  const axis = valueAxis(180, 180);
  expect(stack([90, 0, 1], axis)).toEqual({
    delivered: { y: 90, height: 90 },
    retried: null,
    failed: { y: 88, height: 1 },
  });
  expect(stack([0, 0, 0], axis)).toEqual({ delivered: null, retried: null, failed: null });
});

test("a line has a gap where nothing was measured, and a dot where one value stands alone", () => {
  expect(linePath([1, null, 3], (value) => value)).toBe("M0,1ZM100,3Z");
  expect(linePath([1, 2, null], (value) => value)).toBe("M0,1L50,2");
});

test("a day is labelled at round hours of the reader's zone, midnight as the new day", () => {
  const to = new Date("2026-10-14T10:30:00Z");
  const labels = timeTicks(new Date(to.getTime() - RANGES["24h"].lengthMs), to, "UTC").map((tick) => tick.label);
  expect(labels).toEqual(["13 Oct 10:30 UTC", "16:00", "20:00", "14 Oct", "04:00", "08:00", "10:30"]);
  const berlin = timeTicks(new Date(to.getTime() - RANGES["24h"].lengthMs), to, "Europe/Berlin");
  expect(berlin[0]?.label).toContain("12:30");
});

test.each(RANGE_NAMES)("the steps of %s fill the range up to now and begin at whole multiples", (range) => {
  const now = new Date("2026-10-14T10:41:17Z");
  const { stepMs, lengthMs } = RANGES[range];
  const steps = stepsOf(range, now);
  expect(steps).toHaveLength(lengthMs / stepMs);
  expect(steps.at(-1)!.getTime()).toBeGreaterThan(now.getTime() - stepMs);
  expect(steps.every((step) => step.getTime() % stepMs === 0)).toBe(true);
});
