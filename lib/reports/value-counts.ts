import { type SQL, sql } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { sampleOf } from "./sample.ts";
import { searchedSpan } from "./searched-span.ts";
import { withinTime } from "./within-time.ts";

export const COUNTED_COLUMNS = {
  status: delivery.status,
  type: delivery.eventType,
  endpoint: delivery.endpointId,
  customer: delivery.customer,
  outcome: delivery.lastOutcome,
  code: delivery.lastStatusCode,
  attempts: delivery.attempts,
};
export type CountedColumn = keyof typeof COUNTED_COLUMNS;

export type ValueCounts = { values: { value: string; count: number }[]; exact: boolean };

/** Somebody is typing: a suggestion has to be there at once. */
const TIMEOUT_MS = 400;
const SIZE = { exactUpTo: 100_000, sampled: 40_000 };
const MOST_VALUES = 40;

/** How often each value of a column comes up under a filter, the most frequent first; null when counting takes too long. */
export function countValues(
  workspaceId: string,
  filter: DeliveryFilter,
  by: CountedColumn,
  matching?: SQL,
): Promise<ValueCounts | null> {
  const column = COUNTED_COLUMNS[by];
  return withinTime(TIMEOUT_MS, async (reader) => {
    const span = await searchedSpan(delivery, workspaceId, filter);
    const columns = sql`${column}::text as value`;
    const matched = { ...filter, ...span };
    const sample = await sampleOf(reader, workspaceId, matched, columns, SIZE, matching);
    if (!sample) return null;
    const rows = await reader.execute<{ value: string; count: number }>(sql`
      select picked.value, count(*)::float8 as count from ${sample.rows} where picked.value is not null
      group by 1 order by 2 desc, 1 limit ${MOST_VALUES}`);
    const values = rows.map(({ value, count }) => ({ value, count: Math.round(count / sample.share) }));
    return { values, exact: sample.share === 1 };
  });
}
