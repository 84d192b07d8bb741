import type { DeliveryFilter } from "@/lib/reports/delivery-filter.ts";
import { deliveryHistogram, type Histogram } from "@/lib/reports/delivery-histogram.ts";

/** A strip is counted anew after this long, even while one delivery after the other is opened beside its list. */
const FRESH_MS = 10_000;
const MOST_KEPT = 200;

type Kept = { at: number; histogram: Promise<Histogram | null> };
const kept = new Map<string, Kept>();

type Asked = {
  workspaceId: string;
  /** What the address says of the filters: its times may be relative to now. */
  query: string;
  filter: DeliveryFilter;
  now: Date;
  /** Only the panel changed: what was counted a moment ago will do. */
  mayBeKept: boolean;
};

/** How the list's deliveries lie over its time. Opening a delivery does not count hundreds of thousands again. */
export function recentStrip({ workspaceId, query, filter, now, mayBeKept }: Asked): Promise<Histogram | null> {
  const key = `${workspaceId} ${query}`;
  const known = kept.get(key);
  if (mayBeKept && known && now.getTime() - known.at < FRESH_MS) return known.histogram;
  const histogram = deliveryHistogram(workspaceId, filter, { from: filter.from, to: filter.to ?? now });
  keep(key, { at: now.getTime(), histogram });
  return histogram;
}

function keep(key: string, entry: Kept): void {
  kept.delete(key);
  kept.set(key, entry);
  entry.histogram.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest) kept.delete(oldest);
}
