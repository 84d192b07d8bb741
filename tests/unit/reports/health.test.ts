import { expect, test } from "vitest";
import { type HealthFacts, healthOf } from "../../../lib/reports/health.ts";
import { NO_COUNTS } from "../../../lib/reports/stats.ts";

const since = new Date("2026-11-20T09:12:00Z");
const facts: HealthFacts = {
  status: "active",
  statusReason: null,
  statusSince: since,
  failingSince: null,
  lastOutcome: "success",
  lastStatusCode: 200,
  circuit: "closed",
  circuitReason: null,
  circuitSince: null,
  lastHour: NO_COUNTS,
};
const hour = (delivered: number, failed: number, retried = 0) => ({ ...NO_COUNTS, delivered, failed, retried });

test.each([
  ["no traffic and no failure", NO_COUNTS, "healthy"],
  ["4 of 100 attempts failing", hour(96, 4), "healthy"],
  ["5 of 100 attempts failing", hour(95, 5), "degraded"],
  ["49 of 100 attempts failing, retries counted", hour(51, 9, 40), "degraded"],
  ["half of the attempts failing", hour(50, 0, 50), "failing"],
])("%s is %s", (_, lastHour, health) => {
  expect(healthOf({ ...facts, lastHour }).health).toBe(health);
});

test("between retries that lie hours apart a failing endpoint stays failing", () => {
  const failing = healthOf({ ...facts, failingSince: since, lastOutcome: "http_error", lastStatusCode: 500 });
  expect(failing).toEqual({ health: "failing", reason: "answers 500; no success since", cause: "answers 500", since });
});

test("what a person or a rule decided comes before any figure, with its reason", () => {
  const disabled = healthOf({ ...facts, status: "disabled", statusReason: "Answered 410", lastHour: hour(0, 9) });
  expect(disabled).toEqual({ health: "disabled", reason: "Answered 410", cause: null, since });
});

test("a degraded endpoint whose last attempt went well is explained by its counts alone", () => {
  const { reason } = healthOf({ ...facts, lastHour: hour(90, 10) });
  expect(reason).toBe("10 of 100 attempts failed in the last hour");
});

test.each(["open", "half_open"] as const)(
  "a circuit that is %s means failing, however well the hour went",
  (circuit) => {
    const reason = "10 attempts in a row failed, the last with 503";
    const now = healthOf({ ...facts, circuit, circuitReason: reason, circuitSince: since, lastHour: hour(9_000, 10) });
    expect(now).toMatchObject({ health: "failing", reason: `its circuit is open: ${reason}`, since });
  },
);

test("a circuit that is open is explained first by what the endpoint does, where that is known", () => {
  const circuit = { circuit: "open", circuitReason: "10 attempts in a row failed", circuitSince: since } as const;
  const now = healthOf({ ...facts, ...circuit, failingSince: since, lastOutcome: "timeout", lastStatusCode: null });
  expect(now.reason).toBe("times out; its circuit is open");
});
