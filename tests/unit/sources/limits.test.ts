import { expect, test } from "vitest";
import { isFrom } from "../../../lib/sources/addresses.ts";
import { hasRoom, ROOM_BYTES, ROOM_REQUESTS } from "../../../lib/sources/quarantine-room.ts";
import { isWithinRate } from "../../../lib/sources/rate.ts";

test("a source's quarantine takes its number an hour, and then no more until the hour is over", () => {
  const taken = Array.from({ length: ROOM_REQUESTS + 5 }, () => hasRoom("many", 100, 0)).filter(Boolean);
  expect(taken).toHaveLength(ROOM_REQUESTS);
  expect(ROOM_REQUESTS).toBeGreaterThanOrEqual(20_000);
  expect(hasRoom("many", 100, 3_599_999)).toBe(false);
  expect(hasRoom("another", 100, 3_599_999)).toBe(true);
  expect(hasRoom("many", 100, 3_600_000)).toBe(true);
});

test("large bodies fill it by their size; a small one still fits beside them", () => {
  expect(hasRoom("large", ROOM_BYTES - 10, 0)).toBe(true);
  expect(hasRoom("large", 11, 0)).toBe(false);
  expect(hasRoom("large", 10, 0)).toBe(true);
});

test("a rate lets a second's worth through at once, and then one after the other", () => {
  const at = (now: number) => isWithinRate("two", 2, now);
  expect([at(0), at(0), at(0), at(499), at(500), at(501)]).toEqual([true, true, false, false, true, false]);
  expect(Array.from({ length: 5 }, () => at(60_000)).filter(Boolean)).toHaveLength(2);
});

test("less than one a second is one now and then; no rate is no limit", () => {
  const at = (now: number) => isWithinRate("half", 0.5, now);
  expect([at(0), at(1_999), at(2_001)]).toEqual([true, false, true]);
  expect(Array.from({ length: 1_000 }, () => isWithinRate("free", null)).every(Boolean)).toBe(true);
});

test.each([
  ["203.0.113.9", ["203.0.113.0/24"], true],
  ["203.0.114.0", ["203.0.113.0/24"], false],
  ["::ffff:203.0.113.9", ["203.0.113.0/24"], true],
  ["2001:db8::1", ["203.0.113.0/24", "2001:db8::/32"], true],
  ["2001:db9::1", ["2001:db8::/32"], false],
  ["203.0.113.9", ["::/0"], false],
  ["unknown", ["0.0.0.0/0"], false],
  [null, ["0.0.0.0/0"], false],
  [null, [], true],
  ["203.0.113.9", ["not a range"], false],
])("%s is from %j: %s", (address, cidrs, expected) => {
  expect(isFrom(address, cidrs)).toBe(expected);
});
