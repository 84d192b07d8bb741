import type { Outcome } from "../delivery/outcomes.ts";
import type { EndpointHealth, EndpointStatus } from "../endpoints/states.ts";
import { causeSentence } from "./causes.ts";
import { type Counts, failingShare } from "./stats.ts";

/** From which share of failing attempts in the last hour an endpoint is called so: DESIGN.md §9. */
const DEGRADED_FROM = 0.05;
const FAILING_FROM = 0.5;

export type HealthFacts = {
  status: EndpointStatus;
  statusReason: string | null;
  statusSince: Date;
  failingSince: Date | null;
  lastOutcome: Outcome | null;
  lastStatusCode: number | null;
  lastHour: Counts;
};

/** How an endpoint is, why in words, and since when. */
export type Health = { health: EndpointHealth; reason: string | null; since: Date | null };

export function healthOf(facts: HealthFacts): Health {
  if (facts.status !== "active") return { health: facts.status, reason: facts.statusReason, since: facts.statusSince };
  const share = failingShare(facts.lastHour);
  // Between two retries that lie hours apart there is no traffic, and still nothing is well again.
  const failing = share === null ? facts.failingSince !== null : share >= FAILING_FROM;
  if (failing) return { health: "failing", reason: reason(facts), since: facts.failingSince };
  if (share !== null && share >= DEGRADED_FROM)
    return { health: "degraded", reason: reason(facts), since: facts.failingSince };
  return { health: "healthy", reason: null, since: null };
}

function reason({ lastOutcome, lastStatusCode, failingSince, lastHour }: HealthFacts): string {
  const { delivered, failed, retried } = lastHour;
  const bad = failed + retried;
  // The last attempt may have been a success of a degraded endpoint: then the counts alone are the reason.
  const cause = failingSince && lastOutcome !== "success" ? `${causeSentence(lastOutcome, lastStatusCode)}; ` : "";
  if (bad === 0) return `${cause}no success since then`;
  return `${cause}${bad} of ${bad + delivered} attempts failed in the last hour`;
}
