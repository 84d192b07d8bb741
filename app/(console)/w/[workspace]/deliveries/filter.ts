import { z } from "zod";
import { OUTCOMES } from "@/lib/delivery/outcomes.ts";
import { parseId } from "@/lib/ids.ts";
import type { DeliveryFilter } from "@/lib/reports/deliveries.ts";
import type { Page } from "@/lib/reports/page.ts";
import { first, outsideId, RANGE_NAMES, RANGES, type Range } from "../list-address";

/** Statuses a list can be narrowed to; `sending` is derived and is stored as queued or retrying. */
export const FILTER_STATUSES = ["queued", "retrying", "failed", "delivered", "held", "discarded"] as const;

const knownStatuses = (value: unknown) => {
  const asked = [value].flat().flatMap((item) => (typeof item === "string" ? item.split(",") : []));
  return FILTER_STATUSES.filter((status) => asked.includes(status));
};
const moment = z.preprocess(first, z.iso.datetime({ offset: true }).optional().catch(undefined));

/** The list's address. What is wrong in it falls away instead of failing. */
export const deliverySearch = z.object({
  status: z.preprocess(knownStatuses, z.array(z.enum(FILTER_STATUSES))),
  type: z.preprocess(first, z.string().trim().min(1).max(128).optional().catch(undefined)),
  endpoint: outsideId("ep"),
  event: outsideId("evt"),
  /** How the last attempt ended, and with which status code. */
  outcome: z.preprocess(first, z.enum(OUTCOMES).optional().catch(undefined)),
  code: z.preprocess(
    first,
    z
      .string()
      .regex(/^[1-5]\d\d$/)
      .optional()
      .catch(undefined),
  ),
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
  const hours = RANGES[rangeOf(search) ?? "all"].hours;
  return {
    status: search.status,
    eventType: search.type,
    endpointId: search.endpoint ? parseId("ep", search.endpoint) : null,
    eventId: search.event ? parseId("evt", search.event) : null,
    outcome: search.outcome,
    statusCode: search.code ? Number(search.code) : null,
    from: search.from ? new Date(search.from) : hours === null ? null : new Date(now.getTime() - hours * 3_600_000),
    to: search.to ? new Date(search.to) : null,
  };
}

export function asPage({ before, after }: DeliverySearch): Page {
  return { before: before ? parseId("dlv", before) : null, after: after ? parseId("dlv", after) : null };
}

/** The query of a search with some of it changed. A change of filter leads back to the first page. */
export function queryOf(search: DeliverySearch, change: Partial<DeliverySearch> = {}): string {
  const { status, ...rest } = { ...search, before: undefined, after: undefined, ...change };
  const query = new URLSearchParams();
  if (status.length > 0) query.set("status", status.join(","));
  for (const [name, value] of Object.entries(rest)) if (value) query.set(name, value);
  return query.toString();
}
