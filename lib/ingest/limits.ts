export const MAX_EVENT_BYTES = 1_024 * 1_024;
export const MAX_BATCH_BYTES = 8 * 1_024 * 1_024;
export const MAX_BATCH_EVENTS = 1_000;
/** Arrays and objects inside each other, the envelope included. */
export const MAX_DEPTH = 512;
export const MAX_KEY_LENGTH = 255;
export const MAX_CUSTOMER_LENGTH = 255;
export const MAX_ORDERING_KEY_LENGTH = 255;
/** Events are kept that long beyond their time, so that one is still there when it is due. */
export const MAX_DAYS_AHEAD = 30;
export const MAX_TAGS = 50;
export const MAX_TAG_NAME_LENGTH = 64;
export const MAX_TAG_VALUE_LENGTH = 512;
/** What the calls that a process reads or has not answered yet may hold in memory. */
export const MAX_WAITING_BYTES = 64 * 1_024 * 1_024;
/** A statement that takes longer is ended by the database, and so is a transaction in which nothing happens for so long. */
export const STATEMENT_MS = 10_000;
/** Longer than that: no answer will come any more. */
export const FLUSH_MS = 15_000;
/** For how long an idempotency key is remembered, and what a provider calls its deliveries. */
export const DEDUPE_HOURS = 24;
export const INBOUND_DEDUPE_HOURS = 7 * 24;
