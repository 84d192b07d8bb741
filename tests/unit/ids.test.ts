import { expect, test } from "vitest";
import { formatId, newId, parseId } from "../../lib/ids.ts";

test("an id comes back from its outside form, for its own kind alone", () => {
  const id = newId();
  expect(parseId("dlv", formatId("dlv", id))).toBe(id);
  expect(parseId("evt", formatId("dlv", id))).toBeNull();
});

test.each([
  "",
  "dlv_",
  "dlv_0",
  "dlv_01jd0000000000000000000000",
  "dlv_80000000000000000000000000",
  "dlv_01m7zas151f4qa27tccw3e0b8u",
])("%j is the id of nothing", (text) => {
  expect(parseId("dlv", text)).toBeNull();
});
