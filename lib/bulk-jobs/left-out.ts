import type { EndpointStatus } from "../endpoints/states.ts";
import type { StoredStatus } from "../reports/sending.ts";

/** Why a job leaves a delivery as it is. A closed set: a new member is a compile error until it has words. */
export const LEFT_OUT_WORDS = {
  delivered: "Delivered already",
  delivered_otherwise: "Another delivery of the same event has reached its endpoint",
  sent_meanwhile: "Was sent to its endpoint after the job was counted",
  same_event: "Another delivery of the same event is in this job",
  on_its_way: "On its way, or waits for its own time",
  in_line: "Stands in line or is held already, and goes out by itself",
  endpoint_paused: "Its endpoint is paused",
  endpoint_disabled: "Its endpoint is disabled",
  endpoint_deleted: "Its endpoint was deleted",
  gone: "No longer stored",
} as const;
export type LeftOut = keyof typeof LEFT_OUT_WORDS;

/** How a delivery stands when it is looked at. */
export type Standing = {
  status: StoredStatus;
  parked: boolean;
  /** What the queue has of it; `unknown` where nobody asked. */
  job: "none" | "waiting" | "active" | "unknown";
};

/** An endpoint as far as retrying goes; null = there is none of this id. */
export type Target = { status: EndpointStatus; deleted: boolean } | null;

/**
 * Whether a further attempt may be put in line, by the rules of a single retry: it is over without success, or waits
 * for its next planned attempt; and its endpoint takes deliveries. Null = it may.
 * @param standing null: there is no such delivery
 * @param elsewhere another delivery of its event reached the endpoint, and that is to count
 */
export function whyLeftOut(standing: Standing | null, target: Target, elsewhere: boolean): LeftOut | null {
  if (!standing) return "gone";
  if (standing.status === "delivered") return "delivered";
  const closed = whyClosed(target);
  if (closed) return closed;
  if (standing.parked) return "in_line";
  if (isOnItsWay(standing)) return "on_its_way";
  return elsewhere ? "delivered_otherwise" : null;
}

export function whyClosed(target: Target): LeftOut | null {
  if (!target || target.deleted) return "endpoint_deleted";
  return target.status === "active" ? null : `endpoint_${target.status}`;
}

/** A call may be under way although the delivery is over: somebody gave it up in the middle. */
function isOnItsWay({ status, job }: Standing): boolean {
  if (status === "failed" || status === "discarded") return job === "waiting" || job === "active";
  if (status === "retrying") return job === "none" || job === "active";
  return true;
}
