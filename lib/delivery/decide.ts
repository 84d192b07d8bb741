import type { Job } from "pg-boss";
import { isDatabaseAway } from "../db-errors.ts";
import { ENDPOINT_DELETED, ENDPOINT_FAILING } from "../endpoints/states.ts";
import type { DeliveryJob } from "../queue/jobs.ts";
import { secondsLeft } from "./age.ts";
import type { CallResult, Headers } from "./call.ts";
import { verdictOn } from "./gate/verdict.ts";
import type { Claimed, DeliveryRow } from "./load.ts";
import { nextStep, parseRetryAfter, parseWish, reasonToDisable, TOO_OLD } from "./retry-policy.ts";
import type { AttemptRecord, DeliveryChange, Settlement } from "./settlement.ts";
import { isProbe, UNCHANGED, usesStep, whatFollows } from "./what-follows.ts";

/** A delivery that has cut off this many workers in mid-call is not tried again. */
export const MOST_CRASHES = 10;
const RELEASE_SECONDS = 5;

/** A claimed delivery that is to be sent, and the schedule its retries follow. */
export type Outgoing = { claimed: Claimed; delivery: DeliveryRow; schedule: readonly number[] | undefined };

/** What becomes of a claimed delivery without sending it, or null when it is to be sent. */
export function decideBeforeSending(claimed: Claimed): Settlement | null {
  const { delivery, event, endpoint } = claimed;
  if (!delivery || !["queued", "retrying", "held"].includes(delivery.status)) return ended(claimed, null);
  const step = delivery.scheduleStep;
  const end = (status: "discarded" | "failed", reason: string) =>
    ended(claimed, { ...UNCHANGED, status, trouble: true, scheduleStep: step, reason });
  if (!endpoint || endpoint.status === "deleted") return end("discarded", ENDPOINT_DELETED);
  if (!event) return end("discarded", "Its event is no longer stored");
  if (endpoint.status !== "active") {
    const reason = `The endpoint is ${endpoint.status}${endpoint.statusReason ? `: ${endpoint.statusReason}` : ""}`;
    return parked(claimed, delivery, "held", reason);
  }
  // Whoever asks for a further attempt of an old one wants it all the same.
  const asked = claimed.job.data.t === "manual" || claimed.job.data.t === "bulk";
  if (!asked && (secondsLeft(claimed, new Date()) ?? 1) <= 0) return end("failed", TOO_OLD);
  if (claimed.job.retryCount >= MOST_CRASHES) {
    return end("failed", `Posthorn was cut off ${claimed.job.retryCount} times while sending it and stopped trying`);
  }
  const verdict = verdictOn(endpoint, delivery.released, claimed.job.data.t);
  if (verdict === "pass") return null;
  return verdict === "hold"
    ? parked(claimed, delivery, "held", ENDPOINT_FAILING)
    : parked(claimed, delivery, "queued", null);
}

/**
 * A delivery that may not go yet has no job: it is held while its endpoint is off or fails, or waits for its turn. What
 * its job said is kept, or a retry somebody asked for would be told as a planned one.
 */
function parked(claimed: Claimed, delivery: DeliveryRow, status: "held" | "queued", reason: string | null): Settlement {
  const { t, a } = claimed.job.data;
  const crashed = claimed.job.retryCount > 0;
  const asked = !crashed && (t === "manual" || t === "bulk" || t === "recovery");
  return ended(claimed, {
    status,
    trouble: status === "held" || delivery.status !== "queued" || delivery.attempts > 0 || crashed,
    parked: true,
    scheduleStep: delivery.scheduleStep,
    nextInSeconds: null,
    reason,
    nextTrigger: crashed ? "recovery" : asked ? t : null,
    nextActor: asked ? (a ?? null) : null,
  });
}

/** A delivery that found no free line to its endpoint in time: it stands in line there, and its place here is free. */
export function crowdedOut({ claimed, delivery }: Outgoing): Settlement {
  return parked(claimed, delivery, "queued", null);
}

/** A delivery that is over because the endpoint's transformation wants it so. */
export function dropped({ claimed, delivery }: Outgoing, reason: string): Settlement {
  const { scheduleStep } = delivery;
  return ended(claimed, { ...UNCHANGED, status: "discarded", trouble: false, scheduleStep, reason });
}

function ended(claimed: Claimed, change: DeliveryChange | null): Settlement {
  const { job, delivery } = claimed;
  return {
    job,
    workspaceId: delivery?.workspaceId ?? "",
    eventType: delivery?.eventType ?? "",
    test: delivery?.test ?? true,
    released: delivery?.released ?? false,
    attempts: change ? interruptedAttempts(claimed) : [],
    change,
    next: null,
    version: claimed.endpoint?.configuration?.version ?? null,
    disable: null,
  };
}

/** What a crash cut off is on record too, once its delivery is taken up again: a call may have been made. */
function interruptedAttempts({ job, delivery }: Claimed): AttemptRecord[] {
  if (!delivery || job.retryCount === 0) return [];
  return [
    {
      ...NOTHING_KNOWN,
      number: delivery.attempts + 1,
      startedAt: new Date(),
      trigger: job.data.t ?? "first",
      actor: job.data.a ?? null,
      outcome: "interrupted",
      detail: "A worker of Posthorn ended during this attempt; whether the receiver got it is not known",
    },
  ];
}

const NOTHING_KNOWN = {
  statusCode: null,
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: null,
  totalMs: 0,
  reusedConnection: false,
  requestHeaders: null,
  responseHeaders: null,
  responseBody: null,
  responseCut: false,
  remoteAddress: null,
  retryAfterSeconds: null,
} as const;

/** Puts a delivery back that could not be sent now: memory is short, or the worker stops. */
export function putBack({ claimed, delivery }: Outgoing, atOnce: boolean): Settlement {
  const { status, scheduleStep } = delivery;
  const startAfterSeconds = atOnce ? 0 : RELEASE_SECONDS * (0.5 + Math.random());
  return {
    ...ended(claimed, null),
    attempts: interruptedAttempts(claimed),
    change:
      claimed.job.retryCount === 0
        ? null
        : {
            ...UNCHANGED,
            status: status === "held" ? "queued" : statusOf(status),
            trouble: true,
            scheduleStep,
            reason: null,
            keepsPlace: true,
          },
    next: { job: claimed.job.data, startAfterSeconds },
  };
}

/**
 * What becomes of a claim when something of ours failed before the call. A database that was away is no crash: the job
 * is queued afresh. Null: it lapses, and counts as one, so that it comes to an end.
 */
export function decideUnsent(job: Job<DeliveryJob>, error: unknown): Settlement | null {
  // A fresh job would forget that an earlier worker was cut off.
  if (job.retryCount > 0 || !isDatabaseAway(error)) return null;
  const unread = { job, delivery: null, event: null, endpoint: null };
  return { ...ended(unread, null), next: { job: job.data, startAfterSeconds: 0 } };
}

function statusOf(status: DeliveryRow["status"]): "queued" | "retrying" {
  return status === "retrying" ? "retrying" : "queued";
}

export type Sent = { startedAt: Date; requestHeaders: Headers | null; result: CallResult };

/** What follows a call: the attempt on record, what the delivery becomes, and the next attempt if there is one. */
export function decideAfterSending({ claimed, delivery, schedule }: Outgoing, sent: Sent): Settlement {
  const { job } = claimed;
  const interrupted = interruptedAttempts(claimed);
  const attempt = attemptOf(job.data, delivery.attempts + interrupted.length + 1, sent, interrupted.length > 0);
  const step = delivery.scheduleStep + (usesStep(claimed, delivery, attempt) ? 1 : 0);
  const base = { ...ended(claimed, null), attempts: [...interrupted, attempt] };
  if (attempt.outcome === "interrupted") {
    const status = statusOf(delivery.status);
    const change = { ...UNCHANGED, status, trouble: true, scheduleStep: step, reason: null, keepsPlace: true };
    return { ...base, change, next: { job: { ...job.data, t: job.data.t ?? "recovery" }, startAfterSeconds: 0 } };
  }
  const wish = parseWish(attempt.responseHeaders);
  const ending = { ...attempt, wish, gone: sent.result.gone, secondsLeft: secondsLeft(claimed, new Date()) };
  return {
    ...base,
    ...whatFollows(claimed, step, nextStep(ending, step, schedule), isProbe(job.data, attempt)),
    disable: reasonToDisable(ending),
  };
}

function attemptOf(job: DeliveryJob, number: number, sent: Sent, recovery: boolean): AttemptRecord {
  const { result, startedAt, requestHeaders } = sent;
  const retryAfter = result.responseHeaders?.find(([name]) => name === "retry-after")?.[1];
  return {
    ...result,
    number,
    startedAt,
    trigger: recovery ? "recovery" : (job.t ?? "first"),
    actor: recovery ? null : (job.a ?? null),
    requestHeaders,
    retryAfterSeconds: result.outcome === "success" ? null : parseRetryAfter(retryAfter, new Date()),
  };
}

/** The attempt of a delivery that could not even be sent, because of something on our side. */
export function notSent(detail: string): CallResult {
  return { ...NOTHING_KNOWN, outcome: "cancelled", detail };
}
