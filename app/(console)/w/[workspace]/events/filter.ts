import { z } from "zod";
import { parseId } from "@/lib/ids.ts";
import type { EventFilter } from "@/lib/reports/events.ts";
import type { Page } from "@/lib/reports/page.ts";

export const RANGES = {
  "1h": { label: "Last hour", hours: 1 },
  "24h": { label: "Last 24 h", hours: 24 },
  "7d": { label: "Last 7 days", hours: 168 },
  "30d": { label: "Last 30 days", hours: 720 },
  all: { label: "Any time", hours: null },
} as const;
type Range = keyof typeof RANGES;
const RANGE_NAMES = Object.keys(RANGES) as [Range, ...Range[]];

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value) || undefined;
const word = z.preprocess(first, z.string().trim().min(1).max(256).optional().catch(undefined));
const cursor = z.preprocess(
  first,
  z
    .string()
    .refine((text) => parseId("evt", text) !== null)
    .optional()
    .catch(undefined),
);

/** The list's address. What is wrong in it falls away instead of failing. */
export const eventSearch = z.object({
  type: word,
  customer: word,
  key: word,
  range: z.preprocess(first, z.enum(RANGE_NAMES).catch("24h")),
  before: cursor,
  after: cursor,
});
export type EventSearch = z.infer<typeof eventSearch>;

export function asFilter({ type, customer, key, range }: EventSearch, now: Date): EventFilter {
  const { hours } = RANGES[range];
  const from = hours === null ? null : new Date(now.getTime() - hours * 3_600_000);
  return { type, customer, idempotencyKey: key, from };
}

export function asPage({ before, after }: EventSearch): Page {
  return { before: before ? parseId("evt", before) : null, after: after ? parseId("evt", after) : null };
}

/** The query of a search with some of it changed. A change of filter leads back to the first page. */
export function queryOf(search: EventSearch, change: Partial<EventSearch> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, before: undefined, after: undefined, ...change })) {
    if (value && !(name === "range" && value === "24h")) query.set(name, value);
  }
  return query.toString();
}
