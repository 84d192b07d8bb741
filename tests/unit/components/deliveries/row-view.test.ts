import { expect, test } from "vitest";
import { isCancellable, isRetryable, shownStatus } from "../../../../components/deliveries/row-view.ts";
import { DELIVERY_STATUSES } from "../../../../lib/delivery/outcomes.ts";

const now = new Date("2026-11-20T09:12:00Z");
const at = (ms: number) => new Date(now.getTime() + ms);

test.each([
  ["a worker takes it next", { parked: false, nextAttemptAt: null }, "queued"],
  ["it waits for its endpoint", { parked: true, nextAttemptAt: null }, "in_line"],
  ["its time has come, and its endpoint's turn has not", { parked: true, nextAttemptAt: at(-1) }, "in_line"],
  ["it was posted for later", { parked: false, nextAttemptAt: at(1) }, "scheduled"],
  ["its time has come", { parked: false, nextAttemptAt: now }, "queued"],
] as const)("a queued delivery is told apart when %s", (_, row, shown) => {
  expect(shownStatus({ status: "queued", ...row }, now)).toBe(shown);
});

test("every other status is shown as it is, parked or not", () => {
  for (const status of DELIVERY_STATUSES.filter((each) => each !== "queued")) {
    expect(shownStatus({ status, parked: true, nextAttemptAt: at(1) }, now)).toBe(status);
  }
});

test("what waits can be sent now or given up; what is on its way or over cannot be given up", () => {
  expect(["in_line", "scheduled", "held", "retrying"].map((each) => isRetryable(each as "held"))).not.toContain(false);
  expect((["queued", "sending", "delivered"] as const).map(isRetryable)).not.toContain(true);
  expect((["in_line", "scheduled", "held", "retrying", "queued"] as const).map(isCancellable)).not.toContain(false);
  expect((["sending", "delivered", "failed", "discarded"] as const).map(isCancellable)).not.toContain(true);
});
