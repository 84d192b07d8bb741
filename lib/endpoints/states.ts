/** What a person or a rule decided about an endpoint. Its health is derived from this and from how deliveries go. */
export const ENDPOINT_STATUSES = ["active", "paused", "disabled"] as const;
export type EndpointStatus = (typeof ENDPOINT_STATUSES)[number];

/** Why a delivery is held or discarded, as its page says. */
export const ENDPOINT_PAUSED = "The endpoint is paused";
/** Its circuit is open. */
export const ENDPOINT_FAILING = "The endpoint keeps failing: deliveries wait until it answers again";
export const ENDPOINT_DELETED = "The endpoint was deleted";

export const ENDPOINT_HEALTHS = ["healthy", "degraded", "failing", "paused", "disabled"] as const;
export type EndpointHealth = (typeof ENDPOINT_HEALTHS)[number];

export { FORMATS, type Format } from "../formats/names.ts";

export const METHODS = ["POST", "PUT", "PATCH"] as const;
export type Method = (typeof METHODS)[number];

/** `strict`: one delivery at a time per ordering key (or per endpoint), the oldest first. */
export const ORDERINGS = ["best_effort", "strict"] as const;
export type Ordering = (typeof ORDERINGS)[number];

/** Which kind of secret signs deliveries: `v1` with a shared one, or `v1a` with a key pair. */
export const SIGNATURES = ["hmac", "ed25519"] as const;
export type Signature = (typeof SIGNATURES)[number];

/** `open`: deliveries are held. `half_open`: one of them is on its way to find out whether it works again. */
export const CIRCUITS = ["closed", "open", "half_open"] as const;
export type Circuit = (typeof CIRCUITS)[number];
