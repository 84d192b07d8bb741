import type { Circuit } from "../endpoints/states.ts";
import { OUTCOME_WORDS } from "./outcome-words.ts";
import type { Outcome } from "./outcomes.ts";

/** DESIGN.md §9: what opens a circuit. */
const FAILURES_IN_A_ROW = 10;
const WINDOW_MS = 60_000;
const WINDOW_ATTEMPTS = 20;
const WINDOW_FAILED_SHARE = 0.5;
/** The wait before a probe doubles with every one that fails, up to the longest. */
const FIRST_PROBE_AFTER_MS = 30_000;
const LONGEST_PROBE_WAIT_MS = 300_000;
const PROBE_JITTER = 0.2;
/** A probe that told nothing of the receiver, such as one whose transformation failed: another delivery tries soon. */
const NEXT_PROBE_AFTER_MS = 1_000;
/** How long an endpoint that asks for less is left alone; doubled while it goes on asking. */
const FIRST_SLOWDOWN_MS = 2_000;
const LONGEST_SLOWDOWN_MS = 3_600_000;
/** Upward only: nothing goes out earlier than asked. */
const SLOWDOWN_JITTER = 0.25;
const SLOW_DOWN = new Set([429, 502, 504]);
const TOO_MANY_REQUESTS = 429;

/** The part of `endpoint_state` that says whether an endpoint's deliveries may go out. */
export type CircuitState = {
  circuit: Circuit;
  circuitReason: string | null;
  circuitSince: Date | null;
  probeAt: Date | null;
  failedProbes: number;
  failuresInARow: number;
  windowSince: Date | null;
  windowAttempts: number;
  windowFailed: number;
  slowedUntil: Date | null;
  slowdowns: number;
};

export const CLOSED: CircuitState = {
  circuit: "closed",
  circuitReason: null,
  circuitSince: null,
  probeAt: null,
  failedProbes: 0,
  failuresInARow: 0,
  windowSince: null,
  windowAttempts: 0,
  windowFailed: 0,
  slowedUntil: null,
  slowdowns: 0,
};

/** How a call ended, as far as the endpoint is concerned. */
export type CallEnd = {
  /** Null: a probe that told nothing, and no other call of it follows. */
  outcome: Outcome | null;
  statusCode: number | null;
  retryAfterSeconds: number | null;
  /** It was let out to find out whether the endpoint works again. */
  probe: boolean;
  /** Somebody asked for it, whatever the circuit said. */
  manual: boolean;
};

/** An attempt that says nothing about the receiver: it was cut off, or never sent. */
export function saysNothing(outcome: Outcome): boolean {
  return outcome === "interrupted" || outcome === "cancelled";
}

/** Whether the very next success changes something. */
export function awaitsSuccess({ circuit, failuresInARow, slowdowns }: CircuitState): boolean {
  return circuit !== "closed" || failuresInARow > 0 || slowdowns > 0;
}

/** Whether successes count at all; those of a minute in which nothing failed do not. */
export function isTroubled(state: CircuitState, now: Date): boolean {
  const { windowFailed, windowSince } = state;
  if (awaitsSuccess(state)) return true;
  return windowFailed > 0 && windowSince !== null && now.getTime() - windowSince.getTime() < WINDOW_MS;
}

/** What an endpoint's state becomes by one more call that has ended. */
export function afterCall(
  state: CircuitState,
  end: CallEnd,
  now: Date,
  random: () => number = Math.random,
): CircuitState {
  if (end.outcome === null) return withoutAnswer(state, now);
  if (saysNothing(end.outcome)) return state;
  const paced = slowed(state, end, now, random);
  if (paced.circuit === "closed") return counted(paced, end, now, random);
  return probed(paced, end, now, random);
}

/** Successes of a minute of which only the number is known, added to its count. */
export function afterSuccesses(state: CircuitState, successes: number, now: Date): CircuitState {
  if (successes === 0) return state;
  const window = windowAt(state, now);
  return { ...state, ...window, windowAttempts: window.windowAttempts + successes, failuresInARow: 0 };
}

/** A circuit whose probe is lost would wait for it for good. */
function withoutAnswer(state: CircuitState, now: Date): CircuitState {
  if (state.circuit !== "half_open") return state;
  return { ...state, circuit: "open", probeAt: later(now, NEXT_PROBE_AFTER_MS) };
}

function counted(state: CircuitState, end: CallEnd, now: Date, random: () => number): CircuitState {
  if (end.outcome === "success") return afterSuccesses(state, 1, now);
  // A receiver that asks for less is there: it is left alone for a while, which is another thing.
  if (end.statusCode === TOO_MANY_REQUESTS) return state;
  const window = windowAt(state, now);
  const next = {
    ...state,
    windowSince: window.windowSince,
    windowAttempts: window.windowAttempts + 1,
    windowFailed: window.windowFailed + 1,
    failuresInARow: state.failuresInARow + 1,
  };
  const reason = reasonToOpen(next, end);
  if (!reason) return next;
  const opened = { ...next, circuit: "open" as const, circuitReason: reason, circuitSince: now, failedProbes: 0 };
  return { ...opened, probeAt: nextProbe(opened, now, random) };
}

function reasonToOpen({ failuresInARow, windowAttempts, windowFailed }: CircuitState, end: CallEnd): string | null {
  const last =
    end.statusCode === null ? `(${end.outcome ? OUTCOME_WORDS[end.outcome] : "no answer"})` : `with ${end.statusCode}`;
  if (failuresInARow >= FAILURES_IN_A_ROW) return `${failuresInARow} attempts in a row failed, the last ${last}`;
  if (windowAttempts < WINDOW_ATTEMPTS || windowFailed < windowAttempts * WINDOW_FAILED_SHARE) return null;
  return `${windowFailed} of ${windowAttempts} attempts within a minute failed, the last ${last}`;
}

/**
 * Only a probe decides, or an attempt that somebody asked for while nothing was on its way to find out: what was sent
 * before the circuit opened and ends late says nothing new.
 */
function probed(state: CircuitState, end: CallEnd, now: Date, random: () => number): CircuitState {
  if (end.outcome === "success") {
    const decides = end.probe || (end.manual && state.circuit === "open");
    return decides ? { ...CLOSED, circuitSince: now } : state;
  }
  if (!end.probe || state.circuit !== "half_open") return state;
  const failedProbes = state.failedProbes + 1;
  const opened = { ...state, circuit: "open" as const, failedProbes };
  return { ...opened, probeAt: nextProbe(opened, now, random) };
}

/** Not while the receiver has asked to be left alone. */
function nextProbe({ failedProbes, slowedUntil }: CircuitState, now: Date, random: () => number): Date {
  const wait = Math.min(FIRST_PROBE_AFTER_MS * 2 ** failedProbes, LONGEST_PROBE_WAIT_MS);
  const at = later(now, wait * (1 - PROBE_JITTER + random() * 2 * PROBE_JITTER));
  return slowedUntil && slowedUntil > at ? slowedUntil : at;
}

function slowed(state: CircuitState, end: CallEnd, now: Date, random: () => number): CircuitState {
  const already = state.slowedUntil !== null && state.slowedUntil > now;
  if (end.outcome === "success") return already || state.slowdowns === 0 ? state : { ...state, slowdowns: 0 };
  const asked = end.retryAfterSeconds;
  if (asked === null && !SLOW_DOWN.has(end.statusCode ?? 0)) return state;
  // Calls that were on their way together ask together: that is one slowdown.
  const slowdowns = already ? state.slowdowns : state.slowdowns + 1;
  // The first time it gets what it asks for; when that did not help, more.
  const grown = asked !== null && slowdowns <= 1 ? 0 : FIRST_SLOWDOWN_MS * 2 ** Math.min(slowdowns - 1, 20);
  const wait = Math.max((asked ?? 0) * 1_000, already ? 0 : grown) * (1 + random() * SLOWDOWN_JITTER);
  const until = later(now, Math.min(wait, LONGEST_SLOWDOWN_MS));
  const longer = state.slowedUntil === null || until > state.slowedUntil;
  return { ...state, slowdowns, slowedUntil: longer ? until : state.slowedUntil };
}

type Window = Pick<CircuitState, "windowSince" | "windowAttempts" | "windowFailed">;

/** The minute that is running, or a new one. */
function windowAt(state: CircuitState, now: Date): Window {
  const { windowSince, windowAttempts, windowFailed } = state;
  if (windowSince && now.getTime() - windowSince.getTime() < WINDOW_MS) {
    return { windowSince, windowAttempts, windowFailed };
  }
  return { windowSince: now, windowAttempts: 0, windowFailed: 0 };
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + Math.round(ms));
}
