import type { EndpointDetail } from "../endpoints/queries.ts";

/** Why a delivery that is due waits for its turn, from the endpoint as it is now. */
export type WaitingFor = "slowed" | "order" | "batch" | "rate" | "in_flight" | "crowded" | "turn";

type Limits = Pick<
  EndpointDetail,
  "slowedUntil" | "ordering" | "batchSize" | "rateLimit" | "maxInFlight" | "crowdedSince"
>;

/**
 * What keeps a delivery in line: of several reasons the one that decides first.
 * @param aheadInLane whether another one of its lane is let out or stands before it
 */
export function waitingFor(endpoint: Limits, aheadInLane: boolean, now: Date): WaitingFor {
  if (endpoint.slowedUntil && endpoint.slowedUntil > now) return "slowed";
  if (endpoint.ordering === "strict" && aheadInLane) return "order";
  if (endpoint.batchSize !== null) return "batch";
  if (endpoint.rateLimit !== null) return "rate";
  if (endpoint.maxInFlight !== null) return "in_flight";
  return endpoint.crowdedSince ? "crowded" : "turn";
}
