import { z } from "zod";
import { parseId } from "@/lib/ids.ts";
import type { EventFilter } from "@/lib/reports/events.ts";
import type { Page } from "@/lib/reports/page.ts";
import { first, outsideId, RANGE_NAMES, RANGES } from "../list-address";

const word = z.preprocess(first, z.string().trim().min(1).max(256).optional().catch(undefined));

/** The list's address. What is wrong in it falls away instead of failing. */
export const eventSearch = z.object({
  type: word,
  customer: word,
  key: word,
  range: z.preprocess(first, z.enum(RANGE_NAMES).catch("24h")),
  before: outsideId("evt"),
  after: outsideId("evt"),
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
