import { expect, test } from "vitest";
import type { CallResult } from "../../../lib/delivery/call.ts";
import { decideAfterSending, decideBeforeSending, notSent, putBack } from "../../../lib/delivery/decide.ts";
import type { DeliveryStatus } from "../../../lib/delivery/outcomes.ts";
import { firstIdAt } from "../../../lib/ids.ts";
import type { DeliveryJob } from "../../../lib/queue/jobs.ts";
import { aClaim, aConfiguration, aDeliveryRow, aJob } from "../../support/claims.ts";

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

function afterProbe(result: Partial<CallResult>, given: Given = {}) {
  const claim = claimed({ trigger: "probe", ...given });
  const sent = { startedAt: new Date(), requestHeaders: null, result: { ...notSent("x"), ...result } };
  return decideAfterSending({ claimed: claim, delivery: claim.delivery, schedule: [] }, sent);
}

test("the delivery of a failed probe goes back to held, whatever its schedule says, and uses no step of it", () => {
  const settlement = afterProbe({ outcome: "timeout" }, { status: "held", attempts: 2, step: 1 });
  expect(settlement).toMatchObject({
    attempts: [{ number: 3, trigger: "probe", outcome: "timeout" }],
    change: { status: "held", parked: true, trouble: true, scheduleStep: 1, nextInSeconds: null },
    next: null,
  });
});

test("a delivery whose only attempt was a failed probe still has its first attempt; a later one is a planned retry", () => {
  expect(afterProbe({ outcome: "timeout" }, { status: "held" }).change).toMatchObject({ nextTrigger: "first" });
  expect(afterProbe({ outcome: "timeout" }, { status: "held", attempts: 1 }).change).toMatchObject({
    nextTrigger: null,
  });
});

test("a probe that succeeds has delivered; one that is told to stop has failed", () => {
  expect(afterProbe({ outcome: "success" }).change).toMatchObject({ status: "delivered", trouble: false });
  expect(afterProbe({ outcome: "http_error", statusCode: 410 })).toMatchObject({
    change: { status: "failed" },
    disable: expect.stringContaining("410"),
  });
});

test("a probe that could not even be sent goes on as any other attempt: it would be chosen again and again", () => {
  expect(afterProbe({ outcome: "cancelled" }, { attempts: 1 })).toMatchObject({
    change: { status: "failed", scheduleStep: 1 },
    next: null,
  });
});

test("a probe that our stop cut off is still a probe when it is taken up again", () => {
  expect(afterProbe({ outcome: "interrupted" }).next).toMatchObject({ job: { t: "probe" }, startAfterSeconds: 0 });
});

const HOUR_MS = 3_600_000;
const ofAge = (ageMs: number, trigger?: DeliveryJob["t"]) => {
  const claim = claimed({ trigger });
  const endpoint = { ...claim.endpoint!, configuration: aConfiguration({ maxAgeMs: HOUR_MS }) };
  return { ...claim, endpoint, delivery: { ...claim.delivery, id: firstIdAt(Date.now() - ageMs) } };
};

test("what is older than its endpoint allows is given up unsent, unless somebody asks for it", () => {
  expect(decideBeforeSending(ofAge(HOUR_MS + 1))?.change).toMatchObject({
    status: "failed",
    reason: expect.stringContaining("maximum age"),
  });
  expect(decideBeforeSending(ofAge(HOUR_MS - 1_000))).toBeNull();
  expect(decideBeforeSending(ofAge(2 * HOUR_MS, "manual"))).toBeNull();
});

test("age counts from the moment an event was to be delivered at", () => {
  const claim = ofAge(2 * HOUR_MS);
  const event = { ...claim.event, deliverAt: new Date(Date.now() - HOUR_MS / 2) };
  expect(decideBeforeSending({ ...claim, event })).toBeNull();
});
