import type { Enforcement } from "@/lib/event-types/enforcement.ts";

/** What each enforcement does to an event that does not match. */
export const ENFORCEMENT_WORDS = {
  off: { label: "Accept it", hint: "The schema is documentation only." },
  warn: { label: "Accept it with a warning", hint: "The event is delivered, and its page says what does not match." },
  block: {
    label: "Refuse it",
    hint: "The call is answered with 422 and the paths that do not match; nothing is delivered.",
  },
} satisfies Record<Enforcement, { label: string; hint: string }>;
