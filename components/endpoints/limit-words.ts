import type { Ordering } from "@/lib/endpoints/states.ts";

export const ORDERING_WORDS = {
  best_effort: { label: "Best effort", hint: "Oldest first, many at once. A failing delivery holds up no other." },
  strict: {
    label: "Strict",
    hint: "One at a time per ordering key, the oldest first; events without a key stand in one line. A failing delivery holds up those behind it until it arrives, is given up or skipped.",
  },
} satisfies Record<Ordering, { label: string; hint: string }>;

/** A limit as the form's text or the stored number; null = none. */
type Limit = number | string | null;

export function rateWords(rate: Limit): string {
  return rate === null ? "no rate limit" : `${rate}\u00a0a second`;
}

export function inFlightWords(inFlight: Limit): string {
  return inFlight === null ? "usual number of calls at once" : `${inFlight}\u00a0at once`;
}
