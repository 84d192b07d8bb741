import { expect, test } from "vitest";
import { DEFAULT_SCHEDULE, isExpected, nextStep, parseRetryAfter } from "../../../lib/delivery/retry-policy.ts";

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
])("at step %i, Retry-After %i s makes the delay %i s", (step, asked, delay) => {
  expect(nextStep({ ...failure, retryAfterSeconds: asked }, step, DEFAULT_SCHEDULE, middle)).toEqual({
    status: "retrying",
    delaySeconds: delay,
  });
});

test("after the last planned retry a delivery has failed, and the reason says so", () => {
  expect(nextStep(failure, 9)).toEqual({
    status: "failed",
    reason: "All 9 retries of the schedule are used up",
    gone: false,
  });
  expect(nextStep(failure, 0, [])).toMatchObject({ reason: expect.stringContaining("no retries") });
});

test("410 ends the delivery at once and disables the endpoint", () => {
  expect(nextStep({ ...failure, statusCode: 410 }, 0)).toMatchObject({ status: "failed", gone: true });
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
