import { expect, test } from "vitest";
import { ALWAYS_OK, PRESET_NAMES, PRESETS, presetOf, reactionTo } from "../../../lib/receiver/answer.ts";
import { receiverAnswerInput } from "../../../lib/receiver/input.ts";
import { shownHeaders } from "../../../lib/receiver/shown-headers.ts";
import { Visits } from "../../../lib/receiver/visits.ts";

const never = () => 1;

test("the first calls of an event fail, as many as wanted, and those after it succeed", () => {
  const answer = { ...ALWAYS_OK, failures: 2, failStatus: 502 };
  expect([0, 1, 2, 3].map((before) => reactionTo(answer, before, never).status)).toEqual([502, 502, 200, 200]);
});

test.each([
  [0.299, 503],
  [0.3, 200],
])("at a flake rate of 30 in a hundred, a draw of %d answers %d", (draw, status) => {
  const answer = { ...ALWAYS_OK, failPercent: 30, failStatus: 503 };
  expect(reactionTo(answer, 0, () => draw).status).toBe(status);
});

test("Retry-After is said with a failure, not with a success", () => {
  const answer = { ...ALWAYS_OK, retryAfterSeconds: 10, failures: 1 };
  expect(reactionTo(answer, 0, never).retryAfterSeconds).toBe(10);
  expect(reactionTo(answer, 1, never).retryAfterSeconds).toBeNull();
});

test("every preset is a valid setting and is recognised; what is set by hand is none", () => {
  for (const name of PRESET_NAMES) {
    expect(receiverAnswerInput.parse(PRESETS[name].answer)).toEqual(PRESETS[name].answer);
    expect(presetOf({ ...PRESETS[name].answer })).toBe(name);
  }
  expect(presetOf({ ...ALWAYS_OK, delayMs: 1 })).toBeNull();
});

test.each([
  ["status", 199, 200],
  ["status", 600, 599],
  ["delayMs", 60_001, 60_000],
  ["failures", 21, 20],
  ["failPercent", 101, 100],
  ["failStatus", 399, 400],
  ["retryAfterSeconds", 0, 1],
  ["retryAfterSeconds", 3_601, 3_600],
])("%s may not be %d, but %d", (name, wrong, right) => {
  expect(receiverAnswerInput.safeParse({ [name]: wrong }).success).toBe(false);
  expect(receiverAnswerInput.safeParse({ [name]: right }).success).toBe(true);
});

test("who has been away the longest is forgotten first", () => {
  const visits = new Visits();
  visits.count("often");
  for (let guest = 0; guest < 4_999; guest++) visits.count(`guest ${guest}`);
  expect(visits.count("often")).toBe(1);
  visits.count("one too many");
  expect(visits.count("guest 0")).toBe(0);
});

test("headers that the product does not set are masked", () => {
  expect(shownHeaders(["Webhook-Id", "evt_1", "X-Api-Key", "sesame", "Authorization", "Bearer x"])).toEqual([
    ["webhook-id", "evt_1"],
    ["x-api-key", "••••••"],
    ["authorization", "••••••"],
  ]);
});
