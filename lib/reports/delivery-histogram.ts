import { sql } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { firstIdAt } from "../ids.ts";
import { barSteps } from "./bar-steps.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { type Sample, sampleOf } from "./sample.ts";
import { oldestOf } from "./searched-span.ts";
import type { StoredStatus } from "./sending.ts";
import { type Reader, withinTime } from "./within-time.ts";

/** Deliveries created in one step, by what they are now. `other` are queued, held and discarded ones. */
export type HistogramBar = { at: Date; delivered: number; retrying: number; failed: number; other: number };

export type Histogram = {
  bars: HistogramBar[];
  stepMs: number;
  /** False: counted in many short slices of the time and scaled up. */
  exact: boolean;
};

const SIZE = { exactUpTo: 200_000, sampled: 60_000 };
/** A strip above a list is not worth more. */
const TIMEOUT_MS = 1_000;

/**
 * How the deliveries of a filter lie over a span, which begins with the oldest one and ends now unless it says
 * otherwise; null when that cannot be said in time.
 */
export function deliveryHistogram(
  workspaceId: string,
  filter: DeliveryFilter,
  span: { from?: Date | null; to?: Date | null },
  size = SIZE,
): Promise<Histogram | null> {
  return withinTime(TIMEOUT_MS, async (reader) => {
    const to = span.to ?? new Date();
    const from = span.from ?? (await oldestOf(reader, delivery, workspaceId)) ?? to;
    const { starts, stepMs } = barSteps({ from, to });
    const spanned = { ...filter, from, to };
    const columns = sql`${delivery.id} as id, ${delivery.status} as status`;
    const sample = await sampleOf(reader, workspaceId, spanned, columns, size);
    if (!sample) return null;
    const counts = await countSteps(reader, starts, sample);
    return { bars: barsOf(starts, counts, sample.share), stepMs, exact: sample.share === 1 };
  });
}

type StepCount = { step: number; status: StoredStatus; count: number };

async function countSteps(reader: Reader, starts: Date[], { rows }: Sample) {
  const bounds = sql.param(starts.map((start) => firstIdAt(start)));
  return reader.execute<StepCount>(sql`
    select width_bucket(picked.id, ${bounds}::uuid[]) - 1 as step, picked.status, count(*)::float8 as count
    from ${rows} group by 1, 2`);
}

const SHOWN = { delivered: "delivered", retrying: "retrying", failed: "failed" } as const;

function barsOf(starts: Date[], counts: Iterable<StepCount>, share: number): HistogramBar[] {
  const bars = starts.map((at) => ({ at, delivered: 0, retrying: 0, failed: 0, other: 0 }));
  for (const { step, status, count } of counts) {
    const bar = bars[step];
    const kind = status in SHOWN ? SHOWN[status as keyof typeof SHOWN] : "other";
    if (bar) bar[kind] += Math.round(count / share);
  }
  return bars;
}
