import type { DeliveryFilter } from "../reports/delivery-filter.ts";
import type { EventFilter } from "../reports/event-filter.ts";

export const JOB_KINDS = ["retry", "replay"] as const;
/** `retry`: a further attempt of the same deliveries. `replay`: new deliveries made from stored events. */
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATUSES = ["counting", "running", "done", "done_with_errors", "stopped"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const isUnderWay = (status: JobStatus) => status === "counting" || status === "running";

export const JOB_ORDERS = ["oldest", "newest"] as const;
export type JobOrder = (typeof JOB_ORDERS)[number];

/** What has become of a row of a job: `waiting` until it is put in line, then `open` until its attempt is over. */
export const ITEM_STATES = ["waiting", "open", "delivered", "failed", "retrying", "discarded", "skipped"] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** Ids that may be named one by one; more than these are described by a filter. */
export const MOST_NAMED = 500;

/** What a job runs over. Ids are those of deliveries to retry, or of events to replay. */
export type Over =
  | { by: "deliveries"; filter: DeliveryFilter }
  | { by: "events"; filter: EventFilter }
  | { by: "ids"; ids: string[] }
  /** What failed in an earlier job, and still has. */
  | { by: "failures"; jobId: string };

export type JobScope = {
  over: Over;
  order: JobOrder;
  /** Leaves out what has reached its endpoint by another delivery of the same event. */
  skipDelivered: boolean;
  /** Of a replay: the one endpoint it goes to; null = all that want the event today. */
  endpointId: string | null;
  /** Of a replay: only events of which the endpoint has no delivery at all. */
  onlyMissing: boolean;
  /** The address it was chosen by, so that the same can be asked for once more. */
  query: string;
};

/** A scope as it was stored: JSON knows no dates. */
export function readScope(stored: unknown): JobScope {
  const scope = stored as JobScope;
  const { over } = scope;
  if (over.by === "deliveries") return { ...scope, over: { ...over, filter: withDates(over.filter) } };
  if (over.by === "events") return { ...scope, over: { ...over, filter: withDates(over.filter) } };
  return scope;
}

function withDates<Filter extends { from?: Date | null; to?: Date | null }>(filter: Filter): Filter {
  const { from, to } = filter;
  return { ...filter, from: from ? new Date(from) : null, to: to ? new Date(to) : null };
}
