import type { Outcome } from "../delivery/outcomes.ts";
import type { Circuit, EndpointHealth, EndpointStatus } from "../endpoints/states.ts";
import { causeSentence } from "./causes.ts";
import { type Counts, failingShare } from "./stats.ts";
import type { TypeSentence } from "./type-trouble.ts";

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
  /** Null before its first call. */
  circuit: Circuit | null;
  circuitReason: string | null;
  circuitSince: Date | null;
  lastHour: Counts;
};

/** How an endpoint is, why in words, and since when. */
export type Health = {
  health: EndpointHealth;
  reason: string | null;
  /** What it does, after its name: "answers 500". */
  cause: string | null;
  since: Date | null;
  /** Which of its event types fail; null where that says nothing more. */
  types?: TypeSentence | null;
};

export function healthOf(facts: HealthFacts): Health {
  const { status, failingSince } = facts;
  if (status !== "active") {
    return { health: status, reason: facts.statusReason, cause: null, since: facts.statusSince };
  }
  if (facts.circuit && facts.circuit !== "closed") {
    const cause = causeOf(facts);
    // What is cut off at the end of a narrow column is what matters less.
    const reason = cause
      ? `${cause}; its circuit is open`
      : `its circuit is open: ${facts.circuitReason ?? "it kept failing"}`;
    return { health: "failing", reason, cause, since: failingSince ?? facts.circuitSince };
  }
  const share = failingShare(facts.lastHour);
  // Between two retries that lie hours apart there is no traffic, and still nothing is well again.
  const failing = share === null ? failingSince !== null : share >= FAILING_FROM;
  const degraded = share !== null && share >= DEGRADED_FROM;
  if (!failing && !degraded) return { health: "healthy", reason: null, cause: null, since: null };
  const cause = causeOf(facts);
  return { health: failing ? "failing" : "degraded", reason: reasonOf(facts, cause), cause, since: failingSince };
}

/** The last attempt may have been a success of a degraded endpoint: then only the counts speak. */
function causeOf({ failingSince, lastOutcome, lastStatusCode }: HealthFacts): string | null {
  return failingSince && lastOutcome !== "success" ? causeSentence(lastOutcome, lastStatusCode) : null;
}

function reasonOf({ lastHour: { delivered, failed, retried } }: HealthFacts, cause: string | null): string {
  const bad = failed + retried;
  const counts = bad === 0 ? "no success since" : `${bad} of ${bad + delivered} attempts failed in the last hour`;
  return cause ? `${cause}; ${counts}` : counts;
}
