import type { Sql } from "../db.ts";
import { firstIdAt, formatId } from "../ids.ts";
import { log } from "../log.ts";
import { boss, bossDb } from "../queue/boss.ts";
import { DELIVER_QUEUE, type DeliveryJob } from "../queue/jobs.ts";

const RECENT_MS = 15 * 60_000;
const WINDOW = 1_000;

/**
 * Proves that every delivery that is neither over nor parked has a live job, and queues those that have none (the database itself sees to
 * it that none has two). Rows and jobs always commit together, so this finds something only after a fault from
 * outside, such as a queue table that was emptied by hand.
 * @returns how many were repaired
 */
export function sweepAll(sql: Sql): Promise<number> {
  return sweepFrom(sql, firstIdAt(0));
}

/** The same for what was made lately, cheap enough for every minute. */
export function sweepRecent(sql: Sql): Promise<number> {
  return sweepFrom(sql, firstIdAt(Date.now() - RECENT_MS));
}

async function sweepFrom(sql: Sql, from: string): Promise<number> {
  let repaired = 0;
  for (let next = from; ; ) {
    const lost = await sweepWindow(sql, next);
    repaired += lost.length;
    const last = lost.at(-1);
    if (!last || lost.length < WINDOW) break;
    next = last.d;
  }
  if (repaired > 0) log("error", "sweep", { repaired });
  return repaired;
}

/** One transaction each, so that a queue that is gone as a whole is made anew without holding up anyone. */
async function sweepWindow(sql: Sql, from: string): Promise<DeliveryJob[]> {
  return sql.begin(async (tx) => {
    const [lock] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(hashtext('posthorn.sweep')) as mine`;
    if (!lock?.mine) return [];
    const lost = await tx<(DeliveryJob & { due: Date | null })[]>`
      select d.id as d, d.event_id as e, d.endpoint_id as p, d.next_attempt_at as due,
        case when d.attempts > 0 then 'schedule' else 'first' end as t
      from delivery d
      left join pgboss.job j on j.name = ${DELIVER_QUEUE} and j.data ->> 'd' = d.id::text and j.state <= 'active'
      where d.status in ('queued', 'retrying', 'held') and not d.parked and d.id >= ${from} and j.id is null
      order by d.id limit ${WINDOW}`;
    const queue = await boss();
    // Someone may have queued one since: then it has its job and this insert leaves it alone.
    const jobs = lost.map(({ due, ...data }) => ({ data, startAfter: due ?? undefined }));
    if (jobs.length > 0) await queue.insert(DELIVER_QUEUE, jobs, { db: bossDb(tx) });
    return lost;
  }) as Promise<DeliveryJob[]>;
}

/**
 * A delivery that is parked has no job. Where one has both, after a fault from outside, the job counts: it ends at the
 * gate, if it must. Otherwise nothing could be let out any more.
 */
export async function sweepParked(sql: Sql, endpointId: string): Promise<number> {
  const repaired = (await sql.begin(async (tx) => {
    const both = await tx<{ id: string }[]>`
      select d.id from delivery d
      where d.endpoint_id = ${endpointId} and d.parked and d.id in (
        select (j.data ->> 'd')::uuid from pgboss.job j
        where j.name = ${DELIVER_QUEUE} and j.data ->> 'p' = ${endpointId} and j.state <= 'active')
      order by d.id for update of d`;
    const ids = both.map(({ id }) => id);
    // Looked at again under the lock: a worker may have just settled the job, and parked the delivery rightly.
    const { count } = await tx`
      update delivery d set parked = false
      where d.id = any(${ids}) and d.id >= ${ids[0] ?? null} and d.id <= ${ids.at(-1) ?? null} and d.parked and exists (
        select from pgboss.job j
        where j.name = ${DELIVER_QUEUE} and j.data ->> 'd' = d.id::text and j.state <= 'active')`;
    return count;
  })) as number;
  if (repaired > 0) log("error", "sweep", { repaired, endpoint: formatId("ep", endpointId) });
  return repaired;
}
