import { z } from "zod";
import type { AttemptRow } from "@/lib/reports/delivery.ts";

export const TABS = ["request", "response", "headers", "signature"] as const;
export type Tab = (typeof TABS)[number];

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

export const attemptSearch = z.object({
  attempt: z.preprocess(first, z.coerce.number().int().positive().optional().catch(undefined)),
  tab: z.preprocess(first, z.enum(TABS).optional().catch(undefined)),
});
export type AttemptSearch = z.infer<typeof attemptSearch>;

/** The attempt of the address, else the last one; null before the first. */
export function chosenAttempt(attempts: AttemptRow[], { attempt }: AttemptSearch): AttemptRow | null {
  return attempts.find(({ number }) => number === attempt) ?? attempts.at(-1) ?? null;
}

/** The tab of the address, else where the news is: the response, or the request while there is none. */
export function chosenTab(attempt: AttemptRow | null, { tab }: AttemptSearch): Tab {
  return tab ?? (attempt ? "response" : "request");
}
