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
  return rate === null ? "no rate limit" : `${rate}\u00a0a\u00a0second`;
}

export function inFlightWords(inFlight: Limit): string {
  return inFlight === null ? "usual number of calls at once" : `${inFlight}\u00a0at\u00a0once`;
}

/** What an empty field beside the size means. */
const USUAL_BATCH_SECONDS = 5;

export type Limits = {
  rateLimit: number | null;
  rateBurst: number | null;
  maxInFlight: number | null;
  ordering: Ordering;
  batchSize: number | null;
  batchSeconds: number | null;
};

/** The limits that somebody set, each in a few words; the usual ones are left out. */
export function limitWords(limits: Limits): string[] {
  const { rateLimit, rateBurst, maxInFlight, ordering, batchSize, batchSeconds } = limits;
  const burst = rateBurst === null ? "" : `, ${rateBurst} after a quiet time`;
  const seconds = batchSeconds ?? USUAL_BATCH_SECONDS;
  const parts = [
    rateLimit !== null && `${rateWords(rateLimit)}${burst}`,
    maxInFlight !== null && inFlightWords(maxInFlight),
    ordering === "strict" && "strict order",
    batchSize !== null && `up to ${batchSize} events a request, gathered for ${seconds}\u00a0s`,
  ];
  return parts.filter((part) => part !== false);
}

export function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
