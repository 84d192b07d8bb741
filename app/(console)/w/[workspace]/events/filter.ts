import { z } from "zod";
import { parseId } from "@/lib/ids.ts";
import type { EventFilter } from "@/lib/reports/event-filter.ts";
import type { Page } from "@/lib/reports/page.ts";
import { readBody } from "@/lib/search/body-condition.ts";
import { plainText } from "@/lib/search/read-search.ts";
import {
  bodyConditions,
  first,
  moment,
  momentOf,
  outsideId,
  RANGE_NAMES,
  RANGES,
  type Range,
  wordOf,
} from "../list-address";

/** The list's address. What is wrong in it falls away instead of failing. */
export const eventSearch = z.object({
  /** A name, or `order.*`. */
  type: wordOf(128),
  customer: wordOf(256),
  key: wordOf(256),
  source: outsideId("src"),
  /** Free text. */
  q: wordOf(256),
  /** `order.id:123` */
  body: bodyConditions,
  range: z.preprocess(first, z.enum(RANGE_NAMES).catch("24h")),
  from: moment,
  to: moment,
  before: outsideId("evt"),
  after: outsideId("evt"),
});
export type EventSearch = z.infer<typeof eventSearch>;

/** Null where moments take the place of a range. */
export function rangeOf({ range, from, to }: EventSearch): Range | null {
  return from || to ? null : range;
}

export function asFilter(search: EventSearch, now: Date): EventFilter {
  const { type, customer, key, source, q, body, from, to } = search;
  const { hours } = RANGES[rangeOf(search) ?? "all"];
  return {
    type,
    customer,
    idempotencyKey: key,
    sourceId: source ? parseId("src", source) : null,
    text: q ? plainText(q) : null,
    body: body.flatMap((condition) => readBody(condition) ?? []),
    from: from ? momentOf(from) : hours === null ? null : new Date(now.getTime() - hours * 3_600_000),
    to: to ? momentOf(to) : null,
  };
}

export function asPage({ before, after }: EventSearch): Page {
  return { before: before ? parseId("evt", before) : null, after: after ? parseId("evt", after) : null };
}

/** The query of a search with some of it changed. A change of filter leads back to the first page. */
export function queryOf(search: EventSearch, change: Partial<EventSearch> = {}): string {
  const { body, ...rest } = { ...search, before: undefined, after: undefined, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (value && !(name === "range" && value === "24h")) query.set(name, value);
  }
  for (const condition of body) query.append("body", condition);
  return query.toString();
}
