import fc from "fast-check";
import { expect, test } from "vitest";
import { barTotal, STRIP_HEIGHT, segmentsOf, stepWords } from "../../../../components/deliveries/strip-bars.ts";

const at = new Date(0);
const bar = (counts: { delivered?: number; other?: number; retrying?: number; failed?: number }) => ({
  at,
  delivered: 0,
  other: 0,
  retrying: 0,
  failed: 0,
  ...counts,
});

test("the highest bar is as high as the strip, half as many deliveries half as high", () => {
  expect(segmentsOf(bar({ delivered: 10 }), 10)).toEqual([{ kind: "delivered", y: 0, height: STRIP_HEIGHT }]);
  expect(segmentsOf(bar({ delivered: 5 }), 10)).toEqual([{ kind: "delivered", y: 15, height: 15 }]);
});

test("one failure among a hundred thousand is seen, on top", () => {
  const segments = segmentsOf(bar({ delivered: 100_000, failed: 1 }), 100_001);
  expect(segments.map(({ kind }) => kind)).toEqual(["delivered", "failed"]);
  expect(segments.at(-1)).toMatchObject({ y: 0, height: 1 });
});

test("a bar without deliveries draws nothing", () => {
  expect(segmentsOf(bar({}), 10)).toEqual([]);
});

test("parts never overlap, never vanish, and stay inside the strip", () => {
  const counts = fc.nat({ max: 2_000_000 });
  const bars = fc.record({ delivered: counts, other: counts, retrying: counts, failed: counts });
  fc.assert(
    fc.property(bars, fc.nat({ max: 9_000_000 }), (some, more) => {
      const one = bar(some);
      const segments = segmentsOf(one, barTotal(one) + more);
      let top = STRIP_HEIGHT;
      for (const { y, height } of segments) {
        expect(height).toBeGreaterThanOrEqual(1);
        expect(y + height).toBeLessThanOrEqual(top);
        top = y;
      }
      expect(top).toBeGreaterThanOrEqual(0);
    }),
  );
});

test.each([
  [5_000, "5 s"],
  [900_000, "15 min"],
  [10_800_000, "3 h"],
  [604_800_000, "7 d"],
])("a step of %d ms is called %s", (ms, words) => {
  expect(stepWords(ms).replace("\u00a0", " ")).toBe(words);
});
