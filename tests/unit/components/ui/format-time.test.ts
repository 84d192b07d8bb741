import { expect, test } from "vitest";
import { calendarDay, clockTime, fullTime, knownZone, milliseconds, shortZoneName } from "@/components/ui/format-time";

const at = new Date("2026-09-14T22:14:22.081Z");
const now = new Date("2026-10-01T00:00:00Z");

test("a moment is written in the zone it is asked for, with the zone's name", () => {
  expect(fullTime(at, "UTC", now)).toBe("14 Sep 22:14:22 UTC");
  expect(fullTime(at, "Europe/Oslo", now)).toBe("15 Sep 00:14:22 CEST");
});

test("a column's head has the zone as short as it is understood", () => {
  expect(["UTC", "Europe/Oslo", "Asia/Kolkata"].map((zone) => shortZoneName(zone, at))).toEqual([
    "UTC",
    "CEST",
    "+5:30",
  ]);
});

test("the year is written only when it is not this one", () => {
  expect(calendarDay(at, "UTC", new Date("2027-01-01T00:00:00Z"))).toBe("14 Sep 2026");
});

test("midnight is 00, and milliseconds have three digits", () => {
  expect(clockTime(new Date("2026-09-14T00:00:00Z"), "UTC")).toBe("00:00:00");
  expect(milliseconds(at)).toBe("081");
});

test.each(["", "Mars/Olympus", "x".repeat(80), undefined, "<script>"])("the zone %j falls back to UTC", (zone) => {
  expect(knownZone(zone)).toBe("UTC");
});
