import { expect, test } from "vitest";
import { waitingFor } from "../../../lib/reports/waiting.ts";

const now = new Date("2026-11-20T09:12:00Z");
const unlimited = {
  slowedUntil: null,
  ordering: "best_effort",
  batchSize: null,
  rateLimit: null,
  maxInFlight: null,
  crowdedSince: null,
} as const;

test.each([
  ["nothing but its turn", {}, "turn"],
  ["a crowded endpoint", { crowdedSince: now }, "crowded"],
  ["calls at once, on a crowded endpoint too", { maxInFlight: 1, crowdedSince: now }, "in_flight"],
  ["the rate, before the calls at once", { rateLimit: 0.5, maxInFlight: 1 }, "rate"],
  ["its batch, before the rate", { batchSize: 10, rateLimit: 5 }, "batch"],
  [
    "a receiver that asked for less, before everything",
    { slowedUntil: new Date(now.getTime() + 1), batchSize: 10 },
    "slowed",
  ],
  ["no longer a receiver that asked for less until now", { slowedUntil: now }, "turn"],
] as const)("a delivery in line waits for %s", (_, limits, reason) => {
  expect(waitingFor({ ...unlimited, ...limits }, true, now)).toBe(reason);
});

test("strict order keeps a delivery back only while another of its lane is before it", () => {
  const strict = { ...unlimited, ordering: "strict", rateLimit: 5 } as const;
  expect(waitingFor(strict, true, now)).toBe("order");
  expect(waitingFor(strict, false, now)).toBe("rate");
});
