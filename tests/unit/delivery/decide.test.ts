import { expect, test } from "vitest";
import { decideAfterSending, decideBeforeSending, notSent, putBack } from "../../../lib/delivery/decide.ts";
import type { DeliveryStatus } from "../../../lib/delivery/outcomes.ts";
import type { DeliveryJob } from "../../../lib/queue/jobs.ts";
import { aClaim, aDeliveryRow, aJob } from "../../support/claims.ts";

type Given = {
  retryCount?: number;
  trigger?: DeliveryJob["t"];
  status?: DeliveryStatus;
  step?: number;
  attempts?: number;
};

function claimed({ retryCount = 0, trigger, status = "queued", step = 0, attempts = 0 }: Given = {}) {
  const job = aJob({ data: { d: "d", e: "e", p: "p", t: trigger }, retryCount });
  return aClaim({ job, delivery: aDeliveryRow({ status, attempts, scheduleStep: step }) });
}

function afterFailure(given: Given, schedule = [5, 300]) {
  const claim = claimed(given);
  const sent = {
    startedAt: new Date(),
    requestHeaders: null,
    result: { ...notSent("x"), outcome: "timeout" as const },
  };
  return decideAfterSending({ claimed: claim, delivery: claim.delivery, schedule }, sent);
}

test("only planned retries use a step: first, manual and bulk attempts do not", () => {
  expect(afterFailure({}).change).toMatchObject({ status: "retrying", scheduleStep: 0 });
  expect(afterFailure({ trigger: "schedule" }).change).toMatchObject({ status: "retrying", scheduleStep: 1 });
  expect(afterFailure({ trigger: "manual", step: 1 }).change).toMatchObject({ status: "retrying", scheduleStep: 1 });
  expect(afterFailure({ trigger: "schedule", step: 1 }).change).toMatchObject({ status: "failed", scheduleStep: 2 });
  expect(afterFailure({ trigger: "bulk", step: 2 }).change).toMatchObject({ status: "failed", scheduleStep: 2 });
});

test("the attempt after a crash is numbered behind the one that was cut off, and stands for its planned retry", () => {
  const { attempts, change } = afterFailure({ trigger: "schedule", retryCount: 1, attempts: 3 });
  expect(attempts).toMatchObject([
    { number: 4, outcome: "interrupted", trigger: "schedule" },
    { number: 5, outcome: "timeout", trigger: "recovery" },
  ]);
  expect(change).toMatchObject({ scheduleStep: 1 });
});

test.each(["delivered", "failed", "discarded"] as const)(
  "a delivery that is %s is not sent; only its job goes",
  (status) => {
    expect(decideBeforeSending(claimed({ status }))).toMatchObject({ change: null, attempts: [], next: null });
  },
);

test("what is gone discards the delivery, with the reason", () => {
  expect(decideBeforeSending({ ...claimed(), event: null })?.change).toMatchObject({
    status: "discarded",
    reason: expect.stringContaining("event"),
  });
  expect(decideBeforeSending({ ...claimed(), endpoint: null })?.change).toMatchObject({
    status: "discarded",
    reason: expect.stringContaining("deleted"),
  });
});

test("a delivery that is put back keeps its trigger, its step and its row", () => {
  const claim = claimed({ trigger: "manual", step: 3 });
  const back = putBack({ claimed: claim, delivery: claim.delivery, schedule: undefined }, false);
  expect(back).toMatchObject({ change: null, attempts: [], next: { job: { d: "d", t: "manual" } } });
  expect(back.next!.startAfterSeconds).toBeGreaterThan(2);
  expect(putBack({ claimed: claim, delivery: claim.delivery, schedule: undefined }, true).next!.startAfterSeconds).toBe(
    0,
  );
});
