import type { Sql } from "../db.ts";

const MINUTES_KEPT = "2 days";
const MOST_HOURS = 100;
/** Rows of whole hours belong to no worker. */
export const HOUR_SLOT = -1;

/** Folds the minutes of hours that are older than two days into one row an hour, an hour a transaction. */
export async function foldStats(sql: Sql): Promise<number> {
  let hours = 0;
  while (hours < MOST_HOURS && (await foldOldestHour(sql))) hours++;
  return hours;
}

async function foldOldestHour(sql: Sql): Promise<boolean> {
  const [oldest] = await sql<{ hour: Date | null }[]>`
    select date_trunc('hour', min(bucket)) as hour from delivery_stat
    where slot <> ${HOUR_SLOT} and bucket < date_trunc('hour', now()) - ${MINUTES_KEPT}::interval`;
  if (!oldest?.hour) return false;
  await sql`
    with minutes as (
      delete from delivery_stat
      where bucket >= ${oldest.hour} and bucket < ${oldest.hour}::timestamptz + interval '1 hour' and slot <> ${HOUR_SLOT}
      returning *
    ), sums as (
      select workspace_id, endpoint_id, event_type, sum(delivered)::int as delivered, sum(failed)::int as failed,
        sum(retried)::int as retried from minutes group by 1, 2, 3
    ), buckets as (
      select workspace_id, endpoint_id, event_type, position, sum(count)::int as count
      from minutes, unnest(latency) with ordinality as u (count, position) group by 1, 2, 3, 4
    ), latencies as (
      select workspace_id, endpoint_id, event_type, array_agg(count order by position) as latency
      from buckets group by 1, 2, 3
    )
    insert into delivery_stat as stat
      (workspace_id, endpoint_id, event_type, bucket, slot, delivered, failed, retried, latency)
    select workspace_id, endpoint_id, event_type, ${oldest.hour}, ${HOUR_SLOT}, delivered, failed, retried, latency
    from sums join latencies using (workspace_id, endpoint_id, event_type)
    on conflict (workspace_id, bucket, endpoint_id, event_type, slot) do update set
      delivered = stat.delivered + excluded.delivered,
      failed = stat.failed + excluded.failed,
      retried = stat.retried + excluded.retried,
      latency = array(select a + b from unnest(stat.latency, excluded.latency) with ordinality as u (a, b, n) order by n)`;
  return true;
}
