import { expect, test } from "vitest";
import { addBuckets, LATENCY_BUCKETS, percentile } from "../../../lib/reports/latency.ts";

const buckets = (counts: Record<number, number>) =>
  Array.from({ length: LATENCY_BUCKETS }, (_, index) => counts[index] ?? 0);

test.each([
  ["no attempts have no percentile", {}, 0.5, null],
  ["half of one bucket is its middle", { 0: 10 }, 0.5, 5],
  ["all of one bucket is its bound", { 2: 4 }, 1, 50],
  ["what lies below counts first", { 0: 50, 4: 50 }, 0.75, 175],
  ["a single slow attempt is beyond p50", { 1: 99, 10: 1 }, 0.5, 18],
  ["p95 reaches into the slow tenth", { 1: 90, 8: 10 }, 0.95, 3750],
  ["attempts beyond the last bound end at the longest deadline", { 11: 1 }, 1, 60_000],
] as const)("%s", (_, counts, share, expected) => {
  expect(percentile(buckets(counts), share)).toBe(expected);
});

test("buckets of several rows add up, missing ones count nothing", () => {
  expect(addBuckets([1, 2], buckets({ 0: 1, 11: 5 }))).toEqual(buckets({ 0: 2, 1: 2, 11: 5 }));
});
