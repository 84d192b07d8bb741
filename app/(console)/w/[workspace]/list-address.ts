import { z } from "zod";
import { calendarDay, clockMinute, zoneName } from "@/components/ui/format-time";
import { type IdPrefix, parseId } from "@/lib/ids.ts";
import { readBody } from "@/lib/search/body-condition.ts";
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

/** Conditions on the payload that one address may have. */
const MOST_BODY = 3;

/** `order.id:123`, once or several times. */
export const bodyConditions = z
  .preprocess(
    (value) => [value].flat().filter((item) => typeof item === "string" && readBody(item) !== null),
    z.array(z.string()),
  )
  .transform((conditions) => conditions.slice(0, MOST_BODY));

/** A moment; without an offset it is one of the reader's clock, as date fields give it. */
export const moment = z.preprocess(first, z.iso.datetime({ offset: true, local: true }).optional().catch(undefined));

/** `Last 24 h`, or `13 Oct 10:41 – 14 Oct 10:41 UTC` */
export function timeWords(
  { range, from, to }: { range: Range | null; from?: string; to?: string },
  zone: string,
): string {
  if (range) return RANGES[range].label;
  const [start, end] = [from, to].map((text) => (text ? momentOf(text) : null));
  const day = (at: Date) => calendarDay(at, zone);
  const minute = (at: Date) => `${day(at)} ${clockMinute(at, zone)}`;
  if (start && end) {
    const until = day(start) === day(end) ? clockMinute(end, zone) : minute(end);
    return `${minute(start)} – ${until} ${zoneName(zone, end)}`;
  }
  if (start) return `Since ${minute(start)} ${zoneName(zone, start)}`;
  return end ? `Until ${minute(end)} ${zoneName(zone, end)}` : RANGES.all.label;
}

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
