import type { Outcome } from "./outcomes.ts";

const MINUTE = 60;
const HOUR = 3_600;

/** Seconds before each retry; the first attempt is made at once. */
export const DEFAULT_SCHEDULE: readonly number[] = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const JITTER = 0.1;
const LONGEST_RETRY_AFTER_SECONDS = 2_147_483_647;
/** Why a delivery is given up whose endpoint has a maximum age. */
export const TOO_OLD = "It is older than its endpoint's maximum age";
const TOO_OLD_BY_THEN = "By its next attempt it would be older than its endpoint's maximum age";

/** `disable`: no more events at all; `abort`: no more attempts with this one. */
export type Wish = "disable" | "abort";

export type Ending = {
  outcome: Outcome;
  statusCode: number | null;
  retryAfterSeconds: number | null;
  /** What the receiver asks for in so many words. */
  wish?: Wish | null;
  /** The receiver says in its own words that it is gone for good. */
  gone?: boolean | undefined;
  /** Until the delivery is too old; absent = it never is. */
  secondsLeft?: number | null;
};

export type NextStep =
  | { status: "delivered" }
  | { status: "retrying"; delaySeconds: number }
  /** `final`: it is not the schedule that ran out, so that even another chance beyond it would be in vain. */
  | { status: "failed"; reason: string; final: boolean };

/**
 * What follows an attempt.
 * @param step how many planned retries were used, this attempt included if it was one
 */
export function nextStep(
  ending: Ending,
  step: number,
  schedule: readonly number[] = DEFAULT_SCHEDULE,
  random: () => number = Math.random,
): NextStep {
  if (ending.outcome === "success") return { status: "delivered" };
  const refusal = refused(ending);
  if (refusal) return { status: "failed", reason: refusal, final: true };
  const delay = schedule[step];
  if (delay === undefined) return { status: "failed", reason: exhausted(schedule.length), final: false };

  const jittered = delay * (1 - JITTER + random() * 2 * JITTER);
  // Retry-After may stretch the wait, but a receiver must not park our queue. Nothing goes out earlier than asked.
  const asked = Math.min(ending.retryAfterSeconds ?? 0, Math.max(delay * 2, HOUR)) * (1 + random() * JITTER);
  const delaySeconds = Math.max(jittered, asked);
  const left = ending.secondsLeft ?? Number.POSITIVE_INFINITY;
  if (delaySeconds >= left) return { status: "failed", reason: TOO_OLD_BY_THEN, final: left <= 0 };
  return { status: "retrying", delaySeconds };
}

function refused({ statusCode, gone, wish, secondsLeft }: Ending): string | null {
  if (statusCode === 410) return "The receiver answered 410 Gone: it wants no more events";
  if (gone) return "The receiver says that it is gone for good";
  if (wish === "disable") return "The receiver answered webhook-delivery: disable: it wants no more events";
  if (wish === "abort") return "The receiver answered webhook-delivery: abort-message: it does not want this event";
  return secondsLeft !== undefined && secondsLeft !== null && secondsLeft <= 0 ? TOO_OLD : null;
}

function exhausted(retries: number): string {
  if (retries === 0) return "The first attempt failed and the endpoint's schedule has no retries";
  return `All ${retries === 1 ? "retries (1)" : `${retries} retries`} of the schedule are used up`;
}

/** The response header by which a receiver of Standard Webhooks says what it wants. */
const WISH_HEADER = "webhook-delivery";

/** What the receiver asks for beside its status, or null. */
export function parseWish(headers: readonly (readonly [string, string])[] | null): Wish | null {
  const value = headers
    ?.find(([name]) => name === WISH_HEADER)?.[1]
    .trim()
    .toLowerCase();
  if (value === "disable") return "disable";
  return value === "abort-message" ? "abort" : null;
}

/** Why the endpoint is disabled by an answer, or null: it completes "The endpoint is disabled:". */
export function reasonToDisable({ outcome, statusCode, gone, wish }: Ending): string | null {
  if (wish === "disable") return "it answered webhook-delivery: disable, which asks for no more events";
  if (outcome === "success") return null;
  if (gone) return "its answer says that it is gone for good";
  return statusCode === 410 ? "it answered 410 Gone, which asks for no more events" : null;
}

/** Seconds to wait as `Retry-After` asks, in either form, or null when it is absent, past or nonsense. */
export function parseRetryAfter(value: string | undefined, now: Date): number | null {
  const text = value?.trim() ?? "";
  if (/^\d{1,15}$/.test(text)) return Math.min(Number(text), LONGEST_RETRY_AFTER_SECONDS) || null;
  // Dates only: Date.parse takes much more than the three forms of HTTP.
  if (!/^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(text)) return null;
  const seconds = Math.ceil((Date.parse(text) - now.getTime()) / 1_000);
  return seconds > 0 ? Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS) : null;
}

/** Whether a status counts as success: any 2xx, or one of those the endpoint expects. */
export function isExpected(statusCode: number, expectedStatuses: readonly number[]): boolean {
  if (expectedStatuses.length === 0) return statusCode >= 200 && statusCode < 300;
  return expectedStatuses.includes(statusCode);
}
