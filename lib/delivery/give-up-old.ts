import type { Sql } from "../db.ts";
import { firstIdAt } from "../ids.ts";
import { announceParked } from "../queue/gate-channel.ts";
import { TOO_OLD } from "./retry-policy.ts";

/** Rows in one transaction, so that none is locked for long. */
const WINDOW = 1_000;
/** For one endpoint in one round: the others have their turn. */
const MOST_WINDOWS = 50;

/**
 * Ends what stands in line or is held and has become older than its endpoint allows: nothing claims it, so nothing else
 * would look. What somebody asked for is sent all the same.
 * @returns how many were given up
 */
export async function giveUpOld(sql: Sql, now = new Date()): Promise<number> {
  const endpoints = await sql<{ id: string; seconds: number }[]>`
    select id, max_age_seconds as seconds from endpoint p
    where max_age_seconds is not null and deleted_at is null
      and exists (select from delivery d where d.endpoint_id = p.id and d.parked)
    order by id`;
  let count = 0;
  for (const { id, seconds } of endpoints) {
    const bornBefore = new Date(now.getTime() - seconds * 1_000);
    for (let windows = 0; windows < MOST_WINDOWS; windows++) {
      const gone = await giveUpWindow(sql, id, bornBefore);
      count += gone;
      if (gone < WINDOW) break;
    }
  }
  return count;
}

async function giveUpWindow(sql: Sql, endpointId: string, bornBefore: Date): Promise<number> {
  return sql.begin(async (tx) => {
    const { count } = await tx`
      with old as materialized (
        select d.id from delivery d
        where d.endpoint_id = ${endpointId} and d.parked and d.id < ${firstIdAt(bornBefore)}
          and coalesce(d.next_trigger, '') not in ('manual', 'bulk')
          and not exists (select from event e where e.id = d.event_id and e.deliver_at > ${bornBefore})
        order by d.id limit ${WINDOW} for update of d skip locked
      )
      update delivery d set status = 'failed', trouble = true, parked = false, released = false, next_trigger = null,
        next_attempt_at = null, reason = ${TOO_OLD}, finished_at = now()
      from old where d.id = old.id`;
    if (count > 0) await announceParked(tx, [endpointId]);
    return count;
  }) as Promise<number>;
}
