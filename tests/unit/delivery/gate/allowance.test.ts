import { expect, test } from "vitest";
import { allowanceOf, type Gate, USUAL_IN_FLIGHT } from "../../../../lib/delivery/gate/allowance.ts";

const NOW = 1_000_000;

function aGate(values: Partial<Gate> = {}): Gate {
  return {
    ordering: "best_effort",
    rateLimit: null,
    rateBurst: null,
    maxInFlight: null,
    batchSize: null,
    circuit: "closed",
    probeAt: null,
    slowedUntil: null,
    resumedAt: null,
    bucket: null,
    out: 0,
    now: NOW,
    ...values,
  };
}

test("a limit of calls at once leaves room for what is not out yet, and none beyond it", () => {
  expect(allowanceOf(aGate({ maxInFlight: 5, out: 3 })).most).toBe(2);
  expect(allowanceOf(aGate({ maxInFlight: 5, out: 5 })).most).toBe(0);
  // The limit was lowered while more were on their way.
  expect(allowanceOf(aGate({ maxInFlight: 2, out: 5 })).most).toBe(0);
  expect(allowanceOf(aGate({ out: USUAL_IN_FLIGHT - 1 })).most).toBe(1);
});

test("never more than a window goes out at once, however high the limit", () => {
  expect(allowanceOf(aGate({ maxInFlight: 1_000 })).most).toBe(500);
});

test("a rate limit lets its burst go at once, then one for each token, and says when the next is there", () => {
  expect(allowanceOf(aGate({ rateLimit: 10, rateBurst: 3 })).most).toBe(3);
  expect(allowanceOf(aGate({ rateLimit: 10 })).most).toBe(10);
  const spent = { tokens: 0, at: NOW - 50 };
  expect(allowanceOf(aGate({ rateLimit: 10, bucket: spent }))).toMatchObject({ most: 0, closedForMs: 50 });
  expect(allowanceOf(aGate({ rateLimit: 10, bucket: { tokens: 0, at: NOW - 100 } })).most).toBe(1);
});

test("a rate below one in a second still lets one go, and then none for as long as it says", () => {
  expect(allowanceOf(aGate({ rateLimit: 0.01 })).most).toBe(1);
  expect(allowanceOf(aGate({ rateLimit: 0.01, bucket: { tokens: 0, at: NOW } }))).toMatchObject({
    most: 0,
    closedForMs: 100_000,
  });
});

test("a quiet week fills the bucket no further than the burst, and a clock set back empties nothing", () => {
  expect(allowanceOf(aGate({ rateLimit: 10, rateBurst: 4, bucket: { tokens: 0, at: 0 } })).most).toBe(4);
  expect(allowanceOf(aGate({ rateLimit: 10, bucket: { tokens: 2, at: NOW + 60_000 } })).most).toBe(2);
});

test("an open circuit lets nothing go before its probe is due, then exactly one, and no second beside it", () => {
  expect(allowanceOf(aGate({ circuit: "open", probeAt: NOW + 700 }))).toMatchObject({ most: 0, closedForMs: 700 });
  expect(allowanceOf(aGate({ circuit: "open", probeAt: NOW }))).toMatchObject({ most: 1, probe: true });
  expect(allowanceOf(aGate({ circuit: "half_open", out: 1 }))).toMatchObject({ most: 0, closedForMs: null });
});

test("a probe that has vanished is followed by another", () => {
  expect(allowanceOf(aGate({ circuit: "half_open", out: 0 }))).toMatchObject({ most: 1, probe: true });
});

test("an endpoint that asked for a rest gets none until it is over", () => {
  expect(allowanceOf(aGate({ slowedUntil: NOW + 5_000 }))).toMatchObject({ most: 0, closedForMs: 5_000 });
  expect(allowanceOf(aGate({ slowedUntil: NOW })).most).toBe(USUAL_IN_FLIGHT);
});

test("after an outage deliveries are let out slowly, then faster, and after ten seconds as usual", () => {
  const rateAfter = (ms: number) => allowanceOf(aGate({ resumedAt: NOW - ms })).rate?.perSecond ?? null;
  expect(rateAfter(0)).toBe(10);
  expect(rateAfter(3_000)).toBe(80);
  expect(rateAfter(10_000)).toBeNull();
  expect(allowanceOf(aGate({ resumedAt: NOW })).most).toBe(2);
  // Its own limit still counts, when it is lower.
  expect(allowanceOf(aGate({ resumedAt: NOW - 5_000, rateLimit: 7 })).rate?.perSecond).toBe(7);
});

test("of batches, the calls are counted and not what they carry", () => {
  expect(allowanceOf(aGate({ batchSize: 10, maxInFlight: 2 })).most).toBe(20);
  expect(allowanceOf(aGate({ batchSize: 10, maxInFlight: 2, out: 10 })).most).toBe(10);
  expect(allowanceOf(aGate({ batchSize: 10, maxInFlight: 2, out: 11 })).most).toBe(0);
  expect(allowanceOf(aGate({ batchSize: 10, maxInFlight: 1, out: 1 })).most).toBe(0);
});
