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

export type Ending = { outcome: Outcome; statusCode: number | null; retryAfterSeconds: number | null; gone?: boolean };

export type NextStep =
  | { status: "delivered" }
  | { status: "retrying"; delaySeconds: number }
  | { status: "failed"; reason: string; gone: boolean };

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
  if (ending.statusCode === 410) {
    return { status: "failed", reason: "The receiver answered 410 Gone: it wants no more events", gone: true };
  }
  if (ending.gone) return { status: "failed", reason: "The receiver says that it is gone for good", gone: true };
  const delay = schedule[step];
  if (delay === undefined) return { status: "failed", reason: exhausted(schedule.length), gone: false };

  const jittered = delay * (1 - JITTER + random() * 2 * JITTER);
  // Retry-After may stretch the wait, but a receiver must not park our queue.
  const asked = Math.min(ending.retryAfterSeconds ?? 0, Math.max(delay * 2, HOUR));
  return { status: "retrying", delaySeconds: Math.max(jittered, asked) };
}

function exhausted(retries: number): string {
  if (retries === 0) return "The first attempt failed and the endpoint's schedule has no retries";
  return `All ${retries === 1 ? "retries (1)" : `${retries} retries`} of the schedule are used up`;
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
