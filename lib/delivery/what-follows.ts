import { ENDPOINT_FAILING } from "../endpoints/states.ts";
import type { DeliveryJob } from "../queue/jobs.ts";
import type { Claimed, DeliveryRow } from "./load.ts";
import type { NextStep } from "./retry-policy.ts";
import type { AttemptRecord } from "./settlement.ts";

/** What most changes leave alone. */
export const UNCHANGED = { scheduleStep: 0, nextInSeconds: null, parked: false } as const;

/**
 * Only a planned retry uses a step of the schedule; one that took up a crashed attempt stands for that attempt. A probe
 * uses none, unless it could not even be sent: it would be chosen again and again.
 */
export function usesStep({ job }: Claimed, delivery: DeliveryRow, attempt: AttemptRecord): boolean {
  if (attempt.outcome === "interrupted") return false;
  if (job.data.t === "probe") return attempt.outcome === "cancelled" && delivery.attempts > 0;
  return job.data.t === "schedule";
}

/** A call that was let out to see whether the endpoint answers again. */
export function isProbe(job: DeliveryJob, attempt: AttemptRecord): boolean {
  return job.t === "probe" && attempt.outcome !== "cancelled";
}

export function whatFollows({ job, endpoint, delivery }: Claimed, step: number, next: NextStep, probe: boolean) {
  const base = { ...UNCHANGED, scheduleStep: step, trouble: true, reason: null };
  const { d, e, p } = job.data;
  if (next.status === "delivered") return { change: { ...base, status: next.status, trouble: false }, next: null };
  if (probe && !(next.status === "failed" && next.final)) {
    // One that had not been tried before still has its first attempt: the probe was none of its own.
    const nextTrigger = delivery?.attempts === 0 ? ("first" as const) : null;
    const held = { status: "held" as const, parked: true, reason: ENDPOINT_FAILING, nextTrigger };
    return { change: { ...base, ...held }, next: null };
  }
  if (next.status === "failed") return { change: { ...base, status: next.status, reason: next.reason }, next: null };
  const { delaySeconds } = next;
  const keepsPlace = endpoint?.configuration?.ordering === "strict";
  return {
    change: { ...base, status: next.status, nextInSeconds: delaySeconds, keepsPlace },
    next: { job: { d, e, p, t: "schedule" as const }, startAfterSeconds: delaySeconds },
  };
}
