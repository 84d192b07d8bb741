import { isNotNull, type SQL, sql } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { conditionsOf } from "./rows-visited.ts";
import { sampleOf } from "./sample.ts";
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
const MOST_COUNTED = 200_000;
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
    const sample = await sampleOf(reader, workspaceId, filter, MOST_COUNTED);
    if (!sample) return null;
    const rows = await reader.execute<{ value: string; count: number }>(sql`
      select ${column}::text as value, count(*)::float8 as count from ${delivery} ${sample.clause}
      where ${conditionsOf(workspaceId, filter)} and ${isNotNull(column)} ${matching ? sql`and ${matching}` : sql``}
      group by 1 order by 2 desc, 1 limit ${MOST_VALUES}`);
    const values = rows.map(({ value, count }) => ({ value, count: Math.round(count / sample.share) }));
    return { values, exact: sample.share === 1 };
  });
}
