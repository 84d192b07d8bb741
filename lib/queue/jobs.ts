import type { Trigger } from "../delivery/outcomes.ts";

export const DELIVER_QUEUE = "deliver";

/** What a worker needs to take up a delivery. Short keys: a backlog of a million jobs is read and written whole. */
export type DeliveryJob = {
  /** The delivery's id. */
  d: string;
  /** Its event's id. */
  e: string;
  /** Its endpoint's id. */
  p: string;
  /** What made the attempt happen; absent = `first`. */
  t?: Trigger;
  /** Who asked for it: a user id or `key_…`. */
  a?: string;
  /** Deliveries let out together carry the same one (see groups.ts), and go in one request. */
  g?: string;
};
