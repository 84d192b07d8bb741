import type { Settlement } from "../settlement.ts";

/** The endpoints for which something was let out before, and is over or waits now, or now stands in line. */
export function endpointsAtGate(settlements: Settlement[]): string[] {
  const concerned = settlements.filter(
    ({ released, change }) => released || (change?.parked && change.status === "queued"),
  );
  return concerned.length === 0 ? [] : [...new Set(concerned.map(({ job }) => job.data.p))];
}
