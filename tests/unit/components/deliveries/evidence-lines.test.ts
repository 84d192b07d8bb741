import { expect, test } from "vitest";
import { evidenceLines, onlyThisType } from "@/components/deliveries/evidence-lines";
import { plainSentence } from "@/components/deliveries/sentence";
import type { Evidence } from "@/lib/reports/evidence.ts";

const since = new Date("2026-10-14T09:12:00Z");
const NONE: Evidence = {
  alike: { count: 1, atLeast: false, since, types: 1 },
  others: { active: 0, failing: 0 },
  types: { active: 0, failing: 0 },
  change: null,
  version: null,
};
const places = { alike: "/alike", changes: "/changes", eventType: "/type" };
const linesOf = (evidence: Partial<Evidence>) =>
  evidenceLines({ ...NONE, ...evidence }, "invoice.paid", places).map(({ parts }) =>
    plainSentence(parts).replaceAll("\u00a0", " "),
  );

test("a failure that stands alone is said to", () => {
  expect(linesOf({})).toEqual(["No other delivery to this endpoint ended like this in the day before."]);
});

test("an outage is counted since its first failure, and how other types and endpoints fare is said", () => {
  expect(
    linesOf({
      alike: { count: 41, atLeast: false, since, types: 1 },
      types: { active: 5, failing: 0 },
      others: { active: 3, failing: 0 },
    }),
  ).toEqual([
    "41 deliveries to this endpoint ended like this since 2026-10-14T09:12:00.000Z. Its 5 other event types are delivered.",
    "Since then: 3 other endpoints with traffic, not failing.",
  ]);
});

test.each([
  [{ active: 1, failing: 0 }, "1 other endpoint with traffic, not failing."],
  [{ active: 1, failing: 1 }, "1 other endpoint with traffic, failing too."],
  [{ active: 3, failing: 3 }, "3 other endpoints with traffic, all of them failing too."],
  [{ active: 3, failing: 1 }, "3 other endpoints with traffic, 1 of them failing too."],
])("of the other endpoints, %o is said as it would be spoken", (others, words) => {
  expect(linesOf({ others })).toContain(`Since then: ${words}`);
});

test("a change and a version shortly before stand with how long before, and by whom", () => {
  const lines = linesOf({
    change: { at: new Date(since.getTime() - 120_000), by: "Mara", what: ["url", "timeout seconds"] },
    version: { number: 3, at: new Date(since.getTime() - 60_000) },
  });
  expect(lines).toContain("The endpoint was changed 2 m before the first of them, by Mara: url, timeout seconds.");
  expect(lines).toContain("Version 3 of invoice.paid was published 1 m before the first of them.");
});

test.each([
  [{ alike: { ...NONE.alike, count: 3 }, types: { active: 2, failing: 0 } }, true],
  [{ types: { active: 2, failing: 1 } }, false],
  [{ types: { active: 0, failing: 0 } }, false],
  [{ alike: { ...NONE.alike, types: 2 }, types: { active: 2, failing: 0 } }, false],
])("only this type fails when the others are delivered, and only then (%#)", (evidence, only) => {
  expect(onlyThisType({ ...NONE, ...evidence })).toBe(only);
});
