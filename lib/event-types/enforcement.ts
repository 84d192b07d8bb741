/** What happens to an event whose data does not match its type's schema: nothing, a warning on the event, or refusal. */
export const ENFORCEMENTS = ["off", "warn", "block"] as const;
export type Enforcement = (typeof ENFORCEMENTS)[number];
