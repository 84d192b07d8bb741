import { expect, test } from "vitest";
import { afterCall, afterSuccesses, type CallEnd, type CircuitState, CLOSED } from "../../../lib/delivery/circuit.ts";

const NOW = new Date("2026-01-01T00:00:00Z");
const in_ = (ms: number) => new Date(NOW.getTime() + ms);
const middle = () => 0.5;
const seconds = (date: Date | null) => date && (date.getTime() - NOW.getTime()) / 1_000;

const SUCCESS: CallEnd = {
  outcome: "success",
  statusCode: 200,
  retryAfterSeconds: null,
  probe: false,
  manual: false,
};
const FAILURE: CallEnd = { ...SUCCESS, outcome: "http_error", statusCode: 500 };
const TIMEOUT: CallEnd = { ...SUCCESS, outcome: "timeout", statusCode: null };
const answered = (statusCode: number, retryAfterSeconds: number | null = null): CallEnd => ({
  ...FAILURE,
  statusCode,
  retryAfterSeconds,
});

function after(ends: CallEnd[], from: CircuitState = CLOSED, at = NOW, random = middle): CircuitState {
  return ends.reduce((state, end) => afterCall(state, end, at, random), from);
}
const times = (count: number, end: CallEnd) => Array.from({ length: count }, () => end);

const OPEN = after(times(10, FAILURE));
const HALF_OPEN: CircuitState = { ...OPEN, circuit: "half_open" };
const probe = (end: CallEnd): CallEnd => ({ ...end, probe: true });
const manual = (end: CallEnd): CallEnd => ({ ...end, manual: true });

test("ten failures in a row open a circuit, nine do not; the reason says how many and how the last one ended", () => {
  expect(after(times(9, FAILURE)).circuit).toBe("closed");
  expect(after([...times(9, FAILURE), TIMEOUT])).toMatchObject({
    circuit: "open",
    circuitReason: "10 attempts in a row failed, the last (timeout)",
    circuitSince: NOW,
    failedProbes: 0,
  });
  expect(OPEN.circuitReason).toContain("with 500");
});

test("a success in between starts the row anew", () => {
  expect(after([...times(9, FAILURE), SUCCESS, ...times(9, FAILURE)]).circuit).toBe("closed");
});

test("half of twenty attempts within a minute open a circuit, half of nineteen or less than half do not", () => {
  const pairs = times(9, FAILURE).flatMap((failure) => [SUCCESS, failure]);
  expect(after(pairs)).toMatchObject({ circuit: "closed", windowAttempts: 18, windowFailed: 9 });
  expect(after([...pairs, FAILURE]).circuit).toBe("closed");
  expect(after([...pairs, SUCCESS, FAILURE])).toMatchObject({
    circuit: "open",
    circuitReason: "10 of 20 attempts within a minute failed, the last with 500",
  });
  expect(after([...pairs, SUCCESS, SUCCESS, FAILURE]).circuit).toBe("closed");
});

test("the minute ends: what failed in it no longer counts", () => {
  const pairs = times(9, FAILURE).flatMap((failure) => [SUCCESS, failure]);
  expect(after([SUCCESS, FAILURE], after(pairs), in_(59_999)).circuit).toBe("open");
  expect(after([SUCCESS, FAILURE], after(pairs), in_(60_000))).toMatchObject({ circuit: "closed", windowAttempts: 2 });
});

test("successes of which only the number is known count in the minute and end a row of failures", () => {
  const state = afterSuccesses(after(times(9, FAILURE)), 100, NOW);
  expect(after(times(9, FAILURE), state)).toMatchObject({ circuit: "closed", windowAttempts: 118, windowFailed: 18 });
});

test.each(["interrupted", "cancelled"] as const)(
  "an attempt that was %s says nothing about the receiver",
  (outcome) => {
    const end = { ...FAILURE, outcome, statusCode: null };
    expect(after([...times(9, FAILURE), end])).toEqual(after(times(9, FAILURE)));
  },
);

test("the wait for a probe doubles from 30 s to 5 min, give or take a fifth", () => {
  const waits: (number | null)[] = [seconds(OPEN.probeAt)];
  let state = OPEN;
  for (let n = 0; n < 5; n++) {
    state = after([probe(FAILURE)], { ...state, circuit: "half_open" });
    waits.push(seconds(state.probeAt));
  }
  expect(waits).toEqual([30, 60, 120, 240, 300, 300]);
  expect(state).toMatchObject({ circuit: "open", failedProbes: 5, circuitSince: NOW });
  expect(seconds(after(times(10, FAILURE), CLOSED, NOW, () => 0).probeAt)).toBe(24);
  expect(seconds(after(times(10, FAILURE), CLOSED, NOW, () => 1).probeAt)).toBe(36);
});

test("a probe that succeeds closes the circuit, and nothing of the past is left", () => {
  expect(after([probe(SUCCESS)], HALF_OPEN, in_(40_000))).toEqual({ ...CLOSED, circuitSince: in_(40_000) });
});

test("while a probe is on its way, nothing else decides: neither old failures nor old successes", () => {
  expect(after([FAILURE, TIMEOUT, SUCCESS, manual(FAILURE), manual(SUCCESS)], HALF_OPEN)).toEqual(HALF_OPEN);
});

test("a late success of before does not close an open circuit; one that somebody asked for does", () => {
  expect(after([SUCCESS, FAILURE], OPEN)).toEqual(OPEN);
  expect(after([manual(SUCCESS)], OPEN).circuit).toBe("closed");
  expect(after([manual(FAILURE)], OPEN)).toEqual(OPEN);
});

test("the probe of a circuit that was reset meanwhile counts as any other attempt", () => {
  expect(after([probe(FAILURE)])).toMatchObject({ circuit: "closed", failuresInARow: 1 });
  expect(after([probe(FAILURE)], OPEN)).toEqual(OPEN);
});

test("a probe that is lost leaves the circuit open for another one soon, and is no failure", () => {
  const lost = after([probe({ ...FAILURE, outcome: null, statusCode: null })], HALF_OPEN);
  expect(lost).toMatchObject({ circuit: "open", failedProbes: 0 });
  expect(seconds(lost.probeAt)).toBe(1);
  expect(after([probe({ ...FAILURE, outcome: null })])).toEqual(CLOSED);
});

test.each([
  [429, null, 2.25],
  [502, null, 2.25],
  [504, null, 2.25],
  [429, 20, 22.5],
  [503, 20, 22.5],
  [500, 20, 22.5],
  [429, 3_600, 3_600],
  [429, 999_999, 3_600],
])("%i with Retry-After %s leaves the endpoint alone for %s s", (statusCode, asked, wait) => {
  expect(seconds(after([answered(statusCode, asked)]).slowedUntil)).toBe(wait);
});

test("nothing goes out earlier than asked, whatever the dice say", () => {
  expect(seconds(after([answered(429, 20)], CLOSED, NOW, () => 0).slowedUntil)).toBe(20);
  expect(seconds(after([answered(429, 20)], CLOSED, NOW, () => 1).slowedUntil)).toBe(25);
});

test("500 and 503 without Retry-After slow nothing down", () => {
  expect(after([answered(500), answered(503), TIMEOUT]).slowedUntil).toBeNull();
});

test("while an endpoint goes on asking it is left alone longer each time, up to an hour", () => {
  let state = CLOSED;
  let now = NOW;
  const waits: number[] = [];
  for (let n = 0; n < 13; n++) {
    state = afterCall(state, answered(429, n === 5 ? 1 : null), now, () => 0);
    waits.push((state.slowedUntil!.getTime() - now.getTime()) / 1_000);
    now = state.slowedUntil!;
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600, 3_600]);
});

test("calls that were on their way together ask together: the longest wait counts, once", () => {
  const state = after([answered(429), answered(429), answered(429, 10), answered(429, 5)]);
  expect(state.slowdowns).toBe(1);
  expect(seconds(state.slowedUntil)).toBe(11.25);
});

test("a success after the wait starts anew; one from before it ended does not", () => {
  const slow = after([answered(429)]);
  expect(after([SUCCESS], slow, in_(1_000)).slowdowns).toBe(1);
  expect(after([SUCCESS], slow, in_(5_000)).slowdowns).toBe(0);
});

test("429 alone never opens a circuit: the receiver is there", () => {
  expect(after(times(50, answered(429)))).toMatchObject({ circuit: "closed", failuresInARow: 0, windowAttempts: 0 });
  expect(after(times(10, answered(502))).circuit).toBe("open");
});

test("a probe that is asked to slow down failed, and the next one waits as long as asked", () => {
  const state = after([probe(answered(429, 600))], HALF_OPEN, NOW, () => 0);
  expect(state).toMatchObject({ circuit: "open", failedProbes: 1, probeAt: in_(600_000), slowedUntil: in_(600_000) });
});
