import { z } from "zod";
import type { AttemptRow } from "@/lib/reports/delivery.ts";

export const TABS = ["request", "response", "headers", "signature", "raw"] as const;
export type Tab = (typeof TABS)[number];

/** A longer address than browsers send is nobody's list. */
const MOST_LIST_CHARACTERS = 4_000;

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const number = z.preprocess(first, z.coerce.number().int().positive().optional().catch(undefined));

/** The page's address. What is wrong in it falls away instead of failing. */
export const attemptSearch = z.object({
  attempt: number,
  tab: z.preprocess(first, z.enum(TABS).optional().catch(undefined)),
  /** A payload as it came instead of with line breaks. */
  raw: z.preprocess(first, z.literal("1").optional().catch(undefined)),
  dialog: z.preprocess(first, z.literal("share").optional().catch(undefined)),
  /** The list it is read in: that list's address after the `?`. */
  in: z.preprocess(first, z.string().max(MOST_LIST_CHARACTERS).optional().catch(undefined)),
  /** Another attempt to compare with, or the last success at the same endpoint. */
  compare: z.preprocess(
    first,
    z
      .union([z.literal("success"), z.coerce.number().int().positive()])
      .optional()
      .catch(undefined),
  ),
});
export type AttemptSearch = z.infer<typeof attemptSearch>;

/** The attempt of the address, else the last one; null before the first. */
export function chosenAttempt(attempts: AttemptRow[], { attempt }: Pick<AttemptSearch, "attempt">): AttemptRow | null {
  return attempts.find(({ number }) => number === attempt) ?? attempts.at(-1) ?? null;
}

/** The tab of the address, else where the news is: the response, or the request while there is none. */
export function chosenTab(attempt: AttemptRow | null, { tab }: Pick<AttemptSearch, "tab">): Tab {
  return tab ?? (attempt ? "response" : "request");
}
