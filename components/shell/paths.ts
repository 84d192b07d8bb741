import type { DeliveryStatus, Outcome } from "@/lib/delivery/outcomes.ts";
import { formatId, type IdPrefix } from "@/lib/ids.ts";

// Addresses that pages of more than one section link to.

const SECTIONS = { evt: "events", dlv: "deliveries", ep: "endpoints", src: "sources" } satisfies Partial<
  Record<IdPrefix, string>
>;

/** The page of an event, a delivery, an endpoint or a source, by its database id. */
export function pagePath(slug: string, kind: keyof typeof SECTIONS, id: string): string {
  return `/w/${slug}/${SECTIONS[kind]}/${formatId(kind, id)}`;
}

type DeliveriesQuery = {
  status?: DeliveryStatus[];
  type?: string;
  /** A database id. */
  endpoint?: string;
  outcome?: Outcome;
  code?: number | null;
  range?: string;
  from?: Date;
  to?: Date;
};

/** The list of deliveries, narrowed. */
export function deliveriesPath(slug: string, { status, endpoint, from, to, ...rest }: DeliveriesQuery = {}): string {
  const query = new URLSearchParams();
  if (status?.length) query.set("status", status.join(","));
  if (endpoint) query.set("endpoint", formatId("ep", endpoint));
  for (const [name, value] of Object.entries(rest)) if (value) query.set(name, String(value));
  if (from) query.set("from", from.toISOString());
  if (to) query.set("to", to.toISOString());
  const text = query.toString();
  return `/w/${slug}/deliveries${text && `?${text}`}`;
}
