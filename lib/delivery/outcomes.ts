/** How an attempt ended. A closed set: a new member is a compile error until it has a sentence and a badge. */
export const OUTCOMES = [
  "success",
  "http_error",
  "timeout",
  "dns",
  "connect",
  "tls",
  "reset",
  "blocked",
  "too_large",
  "redirect",
  "protocol",
  "cancelled",
  "interrupted",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a delivery is. `sending` is derived from its live job and never stored. */
export const DELIVERY_STATUSES = ["queued", "sending", "delivered", "retrying", "failed", "held", "discarded"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * What made an attempt happen: the event itself, the schedule, a person, a bulk retry, taking up what a crash cut off,
 * or finding out whether an endpoint that kept failing answers again.
 */
export const TRIGGERS = ["first", "schedule", "manual", "bulk", "recovery", "probe"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** Upper bounds, in ms, of the latency buckets in `delivery_stat.latency`; the last bucket has none. */
export const LATENCY_BOUNDS_MS = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000] as const;
