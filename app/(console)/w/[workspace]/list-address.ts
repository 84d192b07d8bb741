import { z } from "zod";
import { type IdPrefix, parseId } from "@/lib/ids.ts";
import { isStorable } from "@/lib/storable-text.ts";

// What the addresses of lists have in common. What is wrong in one falls away instead of failing.

export const RANGES = {
  "15m": { label: "Last 15 min", hours: 0.25 },
  "1h": { label: "Last hour", hours: 1 },
  "24h": { label: "Last 24 h", hours: 24 },
  "7d": { label: "Last 7 days", hours: 168 },
  "30d": { label: "Last 30 days", hours: 720 },
  all: { label: "Any time", hours: null },
} as const;
export type Range = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as [Range, ...Range[]];

/** Of a parameter that is given twice the first counts; an empty one does not. */
export const first = (value: unknown) => (Array.isArray(value) ? value[0] : value) || undefined;

/** A word of an address, without what people paste around it. */
export const wordOf = (most: number) =>
  z.preprocess(first, z.string().trim().min(1).max(most).refine(isStorable).optional().catch(undefined));

/** A moment; without an offset it is one of the reader's clock, as date fields give it. */
export const moment = z.preprocess(first, z.iso.datetime({ offset: true, local: true }).optional().catch(undefined));

/** Without an offset it counts as UTC. */
export function momentOf(text: string): Date {
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

export const outsideId = (prefix: IdPrefix) =>
  z.preprocess(
    first,
    z
      .string()
      .refine((text) => parseId(prefix, text) !== null)
      .optional()
      .catch(undefined),
  );
