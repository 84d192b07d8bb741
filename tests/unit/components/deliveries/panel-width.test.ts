import { expect, test } from "vitest";
import { readWidth } from "../../../../components/deliveries/panel-width.ts";

test.each([
  [null, 520],
  ["600", 520],
  [Number.NaN, 520],
  [399, 400],
  [400, 400],
  [600.4, 600],
  [1_200, 1_200],
  [9_000, 1_200],
])("a kept width of %j opens the panel at %d px", (kept, width) => {
  expect(readWidth(kept)).toBe(width);
});
