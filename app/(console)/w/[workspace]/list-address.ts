import { z } from "zod";
import { type IdPrefix, parseId } from "@/lib/ids.ts";
import { LIST_SPANS } from "@/lib/search/spans.ts";
import { localTime } from "@/lib/search/zoned.ts";
import { isStorable } from "@/lib/storable-text.ts";

// What the addresses of lists have in common. What is wrong in one falls away instead of failing.

export const RANGES = LIST_SPANS;
export type Range = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as [Range, ...Range[]];

/** Of a parameter that is given twice the first counts; an empty one does not. */
export const first = (value: unknown) => (Array.isArray(value) ? value[0] : value) || undefined;

/** A query as a page gets it: of what is in it twice, both. */
export function askedOf(query: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}

/** A word of an address, without what people paste around it. */
export const wordOf = (most: number) =>
  z.preprocess(first, z.string().trim().min(1).max(most).refine(isStorable).optional().catch(undefined));

/** A moment; without an offset it is one of the reader's clock, as date fields give it. */
export const moment = z.preprocess(first, z.iso.datetime({ offset: true, local: true }).optional().catch(undefined));

/** Without an offset it counts as UTC. */
export function momentOf(text: string): Date {
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

/** The same as a date field takes it, in the reader's zone. */
export function dateField(text: string | undefined, zone: string): string {
  return text ? localTime(zone, momentOf(text)) : "";
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
