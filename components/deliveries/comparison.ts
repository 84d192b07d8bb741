import { payloadText } from "@/components/deliveries/payload-text";
import { formatBytes, formatDuration } from "@/components/ui/format";
import { type Difference, differenceOfTexts } from "@/lib/back-test/difference.ts";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import { phasesOf } from "./waterfall";

/** Times closer than this to each other are the same to a person. */
const SAME_SHARE = 0.25;
const SAME_MS = 20;

export type Pair = { name: string; left: string | null; right: string | null };
export type Compared = { different: Pair[]; same: Pair[] };

export type Comparison = {
  facts: Compared;
  requestHeaders: Compared & { expected: Pair[] };
  responseHeaders: Compared & { expected: Pair[] };
  requestBody: Difference | null;
  responseBody: Difference | null;
};

export type Side = { attempt: WholeAttempt; requestBody: Buffer | null };

/** What two attempts have in common and what not; both sides in the order they were given. */
export function compareAttempts(left: Side, right: Side): Comparison {
  return {
    facts: compareFacts(left.attempt, right.attempt),
    requestHeaders: compareHeaders(left.attempt.requestHeaders, right.attempt.requestHeaders),
    responseHeaders: compareHeaders(left.attempt.responseHeaders, right.attempt.responseHeaders),
    requestBody: compareBodies(left.requestBody, right.requestBody),
    responseBody: compareBodies(left.attempt.responseBody, right.attempt.responseBody),
  };
}

function compareFacts(left: WholeAttempt, right: WholeAttempt): Compared {
  const words: Pair[] = WORDS.map(({ name, of }) => ({ name, left: of(left), right: of(right) }));
  const times = compareTimes(left, right);
  return {
    different: [...words.filter(isDifferent), ...times.different],
    same: [...words.filter((pair) => !isDifferent(pair) && pair.left !== null), ...times.same],
  };
}

const WORDS: { name: string; of: (attempt: WholeAttempt) => string | null }[] = [
  { name: "Answer", of: ({ outcome, statusCode }) => answerWord(outcome, statusCode) },
  { name: "What happened", of: ({ detail }) => detail },
  { name: "Remote address", of: ({ remoteAddress }) => remoteAddress },
  { name: "Connection", of: ({ reusedConnection }) => (reusedConnection ? "already open" : "new") },
  { name: "Answer's size", of: ({ responseBody }) => (responseBody ? formatBytes(responseBody.length) : null) },
];

function compareTimes(left: WholeAttempt, right: WholeAttempt): Compared {
  const [one, other] = [timesOf(left), timesOf(right)];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  const compared: Compared = { different: [], same: [] };
  for (const name of names) {
    const [a, b] = [one.get(name), other.get(name)];
    const pair = {
      name,
      left: a === undefined ? null : formatDuration(a),
      right: b === undefined ? null : formatDuration(b),
    };
    compared[a !== undefined && b !== undefined && isAlike(a, b) ? "same" : "different"].push(pair);
  }
  return compared;
}

function timesOf(attempt: WholeAttempt): Map<string, number> {
  const phases = phasesOf(attempt).filter(({ name }) => name !== "Total");
  return new Map([["Took", attempt.totalMs], ...phases.map(({ name, ms }) => [name, ms] as const)]);
}

function isAlike(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(SAME_MS, SAME_SHARE * Math.max(a, b));
}

/** Other on every call, whoever makes it. */
const EVERY_CALL =
  /^(?:date|age|expires|etag|webhook-(?:id|timestamp|signature)|content-length|set-cookie|.*(?:request|trace|correlation)-?id|traceparent|cf-ray|x-amz-cf-id|report-to|x-runtime|server-timing)$/;

type Headers = WholeAttempt["requestHeaders"];

/** @param always what else is other on every call */
export function compareHeaders(left: Headers, right: Headers, always?: RegExp): Compared & { expected: Pair[] } {
  const isExpected = ({ name }: Pair) => EVERY_CALL.test(name) || Boolean(always?.test(name));
  const [one, other] = [joined(left), joined(right)];
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  const pairs = names.map((name) => ({ name, left: one.get(name) ?? null, right: other.get(name) ?? null }));
  const different = pairs.filter(isDifferent);
  return {
    different: different.filter((pair) => !isExpected(pair)),
    expected: different.filter(isExpected),
    same: pairs.filter((pair) => !isDifferent(pair)),
  };
}

function joined(headers: Headers): Map<string, string> {
  const all = Map.groupBy(headers ?? [], ([name]) => name.toLowerCase());
  return new Map([...all].map(([name, values]) => [name, values.map(([, value]) => value).join(", ")]));
}

export const isDifferent = ({ left, right }: Pair) => left !== right;

/** Null when neither side has a body. */
export function compareBodies(left: Buffer | null, right: Buffer | null): Difference | null {
  if (!left && !right) return null;
  if (left && right?.equals(left)) return { lines: [], cut: false };
  const [one, other] = [left, right].map((body) => (body ? `${payloadText(body).text}\n` : ""));
  return differenceOfTexts(one ?? "", other ?? "");
}
