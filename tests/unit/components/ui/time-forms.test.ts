import { expect, test } from "vitest";
import { timeForms } from "../../../../components/ui/time-forms.ts";

const at = new Date("2026-10-14T09:14:22.481Z");
const now = new Date("2026-10-14T09:18:22.000Z");

test("a moment in every form somebody may need it in", () => {
  expect(timeForms(at, { chosen: "Asia/Kolkata", local: "Europe/Berlin" }, now)).toEqual([
    { name: "Relative", text: "4\u00a0m ago" },
    { name: "Asia/Kolkata", text: "14 Oct 14:44:22.481 GMT+5:30" },
    { name: "Local", text: "14 Oct 11:14:22.481 CEST" },
    { name: "UTC", text: "14 Oct 09:14:22.481 UTC" },
    { name: "ISO 8601", text: "2026-10-14T09:14:22.481Z" },
    { name: "Unix ms", text: "1791969262481" },
  ]);
});

test("a zone that is chosen, local and UTC at once stands there once", () => {
  expect(timeForms(at, { chosen: "UTC", local: "UTC" }, now).map(({ name }) => name)).toEqual([
    "Relative",
    "UTC",
    "ISO 8601",
    "Unix ms",
  ]);
});
