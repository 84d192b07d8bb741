/** What a person or a rule decided about an endpoint. Its health is derived from this and from how deliveries go. */
export const ENDPOINT_STATUSES = ["active", "paused", "disabled"] as const;
export type EndpointStatus = (typeof ENDPOINT_STATUSES)[number];

/** Why a delivery is held or discarded, as its page says. */
export const ENDPOINT_PAUSED = "The endpoint is paused";
export const ENDPOINT_DELETED = "The endpoint was deleted";

export const ENDPOINT_HEALTHS = ["healthy", "degraded", "failing", "paused", "disabled"] as const;
export type EndpointHealth = (typeof ENDPOINT_HEALTHS)[number];

/** The shape of a delivered body. */
export const FORMATS = ["envelope", "raw"] as const;
export type Format = (typeof FORMATS)[number];
