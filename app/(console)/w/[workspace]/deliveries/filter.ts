import { z } from "zod";
import { OUTCOMES } from "@/lib/delivery/outcomes.ts";
import { parseId } from "@/lib/ids.ts";
import type { DeliveryFilter } from "@/lib/reports/delivery-filter.ts";
import type { Page } from "@/lib/reports/page.ts";
import { readAttempts } from "@/lib/search/attempt-counts.ts";
import { readBody } from "@/lib/search/body-condition.ts";
import { readCode } from "@/lib/search/codes.ts";
import { FILTER_STATUSES } from "@/lib/search/delivery-fields.ts";
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

const knownStatuses = (value: unknown) => {
  const asked = [value].flat().flatMap((item) => (typeof item === "string" ? item.split(",") : []));
  return FILTER_STATUSES.filter((status) => asked.includes(status));
};
/** An id, or part of a URL or description; a broken id is neither. */
const endpointWord = (text: string) => !text.startsWith("ep_") || parseId("ep", text) !== null;

/** The list's address. What is wrong in it falls away instead of failing. */
export const deliverySearch = z.object({
  status: z.preprocess(knownStatuses, z.array(z.enum(FILTER_STATUSES))),
  /** A name, or `order.*`. */
  type: wordOf(128),
  endpoint: z.preprocess(first, z.string().trim().min(1).max(200).refine(endpointWord).optional().catch(undefined)),
  event: outsideId("evt"),
  customer: wordOf(256),
  /** How the last attempt ended, and with which status code: `503` or `5xx`. */
  outcome: z.preprocess(first, z.enum(OUTCOMES).optional().catch(undefined)),
  code: z.preprocess(first, z.string().refine(readCode).optional().catch(undefined)),
  /** `>3`, `2-5`, `1` */
  attempts: z.preprocess(first, z.string().refine(readAttempts).optional().catch(undefined)),
  /** Free text. */
  q: wordOf(256),
  /** `order.id:123` */
  body: bodyConditions,
  range: z.preprocess(first, z.enum(RANGE_NAMES).optional().catch(undefined)),
  from: moment,
  to: moment,
  before: outsideId("dlv"),
  after: outsideId("dlv"),
});
export type DeliverySearch = z.infer<typeof deliverySearch>;

/** The last 24 hours unless the address says otherwise; all of an event's deliveries, which are few. */
export function rangeOf(search: DeliverySearch): Range | null {
  if (search.from || search.to) return null;
  return search.range ?? (search.event ? "all" : "24h");
}

export function asFilter(search: DeliverySearch, now: Date): DeliveryFilter {
  const { status, type, endpoint, event, customer, outcome, code, attempts, q, body, from, to } = search;
  const hours = RANGES[rangeOf(search) ?? "all"].hours;
  const endpointId = endpoint ? parseId("ep", endpoint) : null;
  return {
    status,
    eventType: type,
    endpointId,
    endpointText: endpointId ? null : endpoint,
    eventId: event ? parseId("evt", event) : null,
    customer,
    outcome,
    code: code ? readCode(code) : null,
    attempts: attempts ? readAttempts(attempts) : null,
    text: q ? plainText(q) : null,
    body: body.flatMap((condition) => readBody(condition) ?? []),
    from: from ? momentOf(from) : hours === null ? null : new Date(now.getTime() - hours * 3_600_000),
    to: to ? momentOf(to) : null,
  };
}

export function asPage({ before, after }: DeliverySearch): Page {
  return { before: before ? parseId("dlv", before) : null, after: after ? parseId("dlv", after) : null };
}

/** The query of a search with some of it changed. A change of filter leads back to the first page. */
export function queryOf(search: DeliverySearch, change: Partial<DeliverySearch> = {}): string {
  const { status, body, ...rest } = { ...search, before: undefined, after: undefined, ...change };
  const query = new URLSearchParams();
  if (status.length > 0) query.set("status", status.join(","));
  for (const [name, value] of Object.entries(rest)) if (value) query.set(name, value);
  for (const condition of body) query.append("body", condition);
  return query.toString();
}
