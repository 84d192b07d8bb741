import fc from "fast-check";
import { expect, test } from "vitest";
import { localTime, momentIn } from "@/lib/search/zoned.ts";

test.each([
  ["UTC", "2026-10-14T09:12", "2026-10-14T09:12:00.000Z"],
  ["Europe/Berlin", "2026-07-01T09:12", "2026-07-01T07:12:00.000Z"],
  ["Europe/Berlin", "2026-12-01T09:12:30", "2026-12-01T08:12:30.000Z"],
  ["Asia/Kathmandu", "2026-07-01T09:12", "2026-07-01T03:27:00.000Z"],
  ["America/New_York", "2026-07-01T23:30", "2026-07-02T03:30:00.000Z"],
  // Clocks went back at 3:00, so 2:30 came twice; and forward at 2:00, so 2:30 never came.
  ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
  ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z"],
])("in %s %s is %s", (zone, local, moment) => {
  expect(momentIn(zone, local)?.toISOString()).toBe(moment);
});

test.each(["", "yesterday", "2026-10-14", "2026-13-01T00:00", "2026-10-14T09:12Z"])(
  "%j is no time of a clock",
  (text) => {
    expect(momentIn("UTC", text)).toBeNull();
  },
);

test("what a clock shows leads back to the moment, in every zone", () => {
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia");
  const minutes = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2028, 0) / 60_000 });
  fc.assert(
    fc.property(zone, minutes, (name, minute) => {
      const at = new Date(minute * 60_000);
      const back = momentIn(name, localTime(name, at));
      // Of an hour that comes twice, the first is meant.
      expect([0, 3_600_000]).toContain(at.getTime() - (back?.getTime() ?? 0));
    }),
  );
});
