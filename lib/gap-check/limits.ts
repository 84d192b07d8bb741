import { INBOUND_DEDUPE_HOURS } from "../ingest/limits.ts";

/** A day less than what arrived is remembered: older calls would look as if they were missing. */
export const MOST_DAYS_BACK = INBOUND_DEDUPE_HOURS / 24 - 1;
/** How often a provider may be asked. */
export const EVERY_MINUTES = [15, 60, 360, 1_440] as const;
/** Asked for again, or imported, in one go: whoever pressed the button waits for it. */
export const MOST_AT_ONCE = 50;
