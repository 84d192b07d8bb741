import type { Format } from "@/lib/endpoints/states.ts";

/** What each format is called, and what it sends. */
export const FORMAT_WORDS = {
  envelope: { label: "Envelope", hint: "JSON with type, timestamp and data." },
  raw: { label: "Raw payload", hint: "Your payload, byte for byte." },
} satisfies Record<Format, { label: string; hint: string }>;
