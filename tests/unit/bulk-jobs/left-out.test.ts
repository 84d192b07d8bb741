import { expect, test } from "vitest";
import { whyClosed, whyLeftOut } from "../../../lib/bulk-jobs/left-out.ts";
import { outcomeOf } from "../../../lib/bulk-jobs/settle.ts";

const ACTIVE = { status: "active", deleted: false } as const;
const standing = (status: string, values = {}) => ({ status, parked: false, job: "none", ...values }) as never;

test.each([
  ["failed", "none", null],
  ["discarded", "none", null],
  ["failed", "unknown", null],
  ["retrying", "waiting", null],
  ["retrying", "unknown", null],
  ["retrying", "active", "on_its_way"],
  ["retrying", "none", "on_its_way"],
  ["discarded", "active", "on_its_way"],
  ["discarded", "waiting", "on_its_way"],
  ["queued", "waiting", "on_its_way"],
  ["queued", "unknown", "on_its_way"],
  ["delivered", "none", "delivered"],
])("one that is %s, with a job that is %s, is left out: %j", (status, job, why) => {
  expect(whyLeftOut(standing(status, { job }), ACTIVE, false)).toBe(why);
});

test("one that stands in line is left out whatever its status, and one that is gone as well", () => {
  for (const status of ["queued", "held"]) {
    expect(whyLeftOut(standing(status, { parked: true }), ACTIVE, false)).toBe("in_line");
  }
  expect(whyLeftOut(null, ACTIVE, false)).toBe("gone");
});

test("what was delivered is never anything else, even where its endpoint is closed", () => {
  expect(whyLeftOut(standing("delivered"), null, true)).toBe("delivered");
  expect(whyLeftOut(standing("failed"), ACTIVE, true)).toBe("delivered_otherwise");
});

test.each([
  [null, "endpoint_deleted"],
  [{ status: "active", deleted: true } as const, "endpoint_deleted"],
  [{ status: "paused", deleted: false } as const, "endpoint_paused"],
  [{ status: "disabled", deleted: false } as const, "endpoint_disabled"],
  [ACTIVE, null],
])("an endpoint %j is closed: %j", (target, why) => {
  expect(whyClosed(target)).toBe(why);
});

test.each([
  ["delivered", 11, "delivered"],
  ["failed", 11, "failed"],
  ["discarded", 10, "discarded"],
  ["retrying", 11, "retrying"],
  ["retrying", 10, null],
  ["queued", 10, null],
  ["queued", 11, null],
  ["held", 11, null],
])("one that is %s after %i attempts, ten of them before, counts as %j", (status, attempts, state) => {
  expect(outcomeOf({ status, attempts }, 10)).toBe(state);
});

test("one whose day was dropped is given up", () => {
  expect(outcomeOf(undefined, 0)).toBe("discarded");
});
