import { expect, test } from "vitest";
import {
  DEFAULT_SCHEDULE,
  isExpected,
  nextStep,
  parseRetryAfter,
  parseWish,
  reasonToDisable,
} from "../../../lib/delivery/retry-policy.ts";

const failure = { outcome: "http_error", statusCode: 500, retryAfterSeconds: null } as const;
const middle = () => 0.5;

test("the default schedule is 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h", () => {
  const delays = DEFAULT_SCHEDULE.map((_, step) => nextStep(failure, step, DEFAULT_SCHEDULE, middle));
  expect(delays.map((next) => (next.status === "retrying" ? next.delaySeconds : next.status))).toEqual([
    5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]);
});

test("a success delivers, whatever the step", () => {
  expect(nextStep({ ...failure, outcome: "success", statusCode: 200 }, 9)).toEqual({ status: "delivered" });
});

test("jitter moves a delay by at most a tenth, either way", () => {
  expect(nextStep(failure, 1, DEFAULT_SCHEDULE, () => 0)).toMatchObject({ delaySeconds: 270 });
  expect(nextStep(failure, 1, DEFAULT_SCHEDULE, () => 1)).toMatchObject({ delaySeconds: 330 });
});

test.each([
  [0, 2, 5],
  [0, 60, 60],
  [0, 3_600, 3_600],
  [0, 86_400, 3_600],
  [3, 10_000, 10_000],
  [3, 99_999_999, 14_400],
])("at step %i, Retry-After %i s makes the delay %i s or up to a tenth more, never less", (step, asked, delay) => {
  const after = (random: number) =>
    nextStep({ ...failure, retryAfterSeconds: asked }, step, DEFAULT_SCHEDULE, () => random);
  expect(after(0)).toMatchObject({ delaySeconds: asked < 5 ? 4.5 : delay });
  expect(after(1)).toMatchObject({ delaySeconds: delay * 1.1 });
});

test("after the last planned retry a delivery has failed, and the reason says so", () => {
  expect(nextStep(failure, 9)).toEqual({
    status: "failed",
    reason: "All 9 retries of the schedule are used up",
    final: false,
  });
  expect(nextStep(failure, 0, [])).toMatchObject({ reason: expect.stringContaining("no retries") });
});

test("410 ends the delivery at once and disables the endpoint", () => {
  expect(nextStep({ ...failure, statusCode: 410 }, 0)).toMatchObject({ status: "failed", final: true });
  expect(reasonToDisable({ ...failure, statusCode: 410 })).toContain("410 Gone");
  expect(reasonToDisable({ ...failure, wish: "abort" })).toBeNull();
  expect(reasonToDisable({ ...failure, outcome: "success", statusCode: 410 })).toBeNull();
});

test("webhook-delivery: disable ends the delivery and disables the endpoint, even with a success", () => {
  const wish = parseWish([["webhook-delivery", " Disable "]]);
  expect(nextStep({ ...failure, wish }, 0)).toMatchObject({ status: "failed", final: true });
  expect(nextStep({ ...failure, outcome: "success", statusCode: 200, wish }, 0)).toEqual({ status: "delivered" });
  expect(reasonToDisable({ ...failure, outcome: "success", statusCode: 200, wish })).toContain(
    "webhook-delivery: disable",
  );
});

test("webhook-delivery: abort-message ends the delivery alone; anything else in the header is ignored", () => {
  const wish = parseWish([["webhook-delivery", "abort-message"]]);
  expect(nextStep({ ...failure, wish }, 0)).toMatchObject({
    status: "failed",
    reason: expect.stringContaining("abort-message"),
  });
  expect(reasonToDisable({ ...failure, wish })).toBeNull();
  expect([parseWish(null), parseWish([]), parseWish([["webhook-delivery", "stop"]])]).toEqual([null, null, null]);
});

test("no retry is planned for a time at which the delivery would be too old", () => {
  const at = (secondsLeft: number | null) => nextStep({ ...failure, secondsLeft }, 1, DEFAULT_SCHEDULE, middle);
  expect(at(301)).toEqual({ status: "retrying", delaySeconds: 300 });
  expect(at(300)).toMatchObject({ status: "failed", final: false, reason: expect.stringContaining("older") });
  expect(at(0)).toMatchObject({ status: "failed", final: true });
  expect(at(null)).toMatchObject({ status: "retrying" });
});

const NOW = new Date("2026-01-01T00:00:00Z");

test.each([
  ["120", 120],
  ["Thu, 01 Jan 2026 00:01:00 GMT", 60],
  ["Thursday, 01-Jan-26 00:01:00 GMT", 60],
  ["0", null],
  ["-5", null],
  ["1.5", null],
  ["soon", null],
  ["2026", 2026],
  ["", null],
  ["Wed, 31 Dec 2025 00:00:00 GMT", null],
  ["99999999999999", 2_147_483_647],
  [undefined, null],
])("Retry-After %j means %j seconds", (value, seconds) => {
  expect(parseRetryAfter(value, NOW)).toBe(seconds);
});

test("success is any 2xx, or what the endpoint expects and nothing else", () => {
  expect([199, 200, 204, 299, 300].map((status) => isExpected(status, []))).toEqual([false, true, true, true, false]);
  expect([200, 202, 409].map((status) => isExpected(status, [202, 409]))).toEqual([false, true, true]);
});
