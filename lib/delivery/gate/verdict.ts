import type { EndpointNow } from "../configuration.ts";
import type { Trigger } from "../outcomes.ts";

/** What becomes of a claimed delivery at its endpoint's gate. */
export type Verdict = "pass" | "park" | "hold";

/** An endpoint whose deliveries only the releaser lets out: it has limits, an order, or is in a state that asks for care. */
export function isGated({ configuration, circuit, slowed, crowded }: EndpointNow): boolean {
  if (circuit !== "closed" || slowed || crowded) return true;
  if (!configuration) return false;
  const { ordering, rateLimit, maxInFlight, batchSize } = configuration;
  return ordering === "strict" || rateLimit !== null || maxInFlight !== null || batchSize !== null;
}

/**
 * Whatever brought a delivery to a claim (a retry that is due, a replay, a press on Retry, an ingest that did not know
 * yet), it passes only when the releaser let it out. What a person asks for now does not wait for a circuit.
 */
export function verdictOn(endpoint: EndpointNow, released: boolean, trigger: Trigger | undefined): Verdict {
  if (!isGated(endpoint)) return "pass";
  const urgent = trigger === "manual" || trigger === "probe";
  if (endpoint.circuit !== "closed" && !urgent) return "hold";
  if (endpoint.slowed && !urgent) return "park";
  const onlyState = !isGated({ ...endpoint, circuit: "closed", slowed: false, crowded: false });
  return released || (urgent && onlyState) ? "pass" : "park";
}
