import type { Sql, SqlTransaction } from "../db.ts";
import { ENDPOINT_DELETED } from "../endpoints/states.ts";
import { enqueueDeliveries } from "../queue/enqueue.ts";

/** Per endpoint and round, so that a receiver that comes back is not run over. */
const WINDOW = 500;

/**
 * Moves parked deliveries whose endpoint is active again into the queue, oldest first, rows and jobs in one
 * transaction; those of deleted endpoints are discarded. One worker at a time.
 * @returns how many were moved
 */
export async function releaseParked(sql: Sql): Promise<number> {
  return sql.begin(async (tx) => {
    const [lock] = await tx<
      { mine: boolean }[]
    >`select pg_try_advisory_xact_lock(hashtext('posthorn.release')) as mine`;
    if (!lock?.mine) return 0;
    const endpoints = await listParked(tx);
    let moved = 0;
    for (const { id, gone } of endpoints) moved += gone ? await discardWindow(tx, id) : await releaseWindow(tx, id);
    return moved;
  }) as Promise<number>;
}

/** Jumps through the index from one endpoint to the next: a long line of parked deliveries costs no more than a short. */
function listParked(tx: SqlTransaction) {
  return tx<{ id: string; gone: boolean }[]>`
    with recursive parked as (
      (select endpoint_id as id from delivery where parked order by endpoint_id limit 1)
      union all
      select (select d.endpoint_id from delivery d where d.parked and d.endpoint_id > parked.id
        order by d.endpoint_id limit 1) from parked where parked.id is not null
    )
    select parked.id, (p.id is null or p.deleted_at is not null) as gone
    from parked left join endpoint p on p.id = parked.id
    where parked.id is not null and (p.id is null or p.deleted_at is not null or p.status = 'active')
    order by parked.id`;
}

async function releaseWindow(tx: SqlTransaction, endpointId: string): Promise<number> {
  const rows = await tx<{ id: string; eventId: string; attempts: number }[]>`
    with released as materialized (
      select id from delivery where endpoint_id = ${endpointId} and parked order by id limit ${WINDOW} for update skip locked
    )
    update delivery d set status = 'queued', parked = false, reason = null, next_attempt_at = null
    from released where d.id = released.id
    returning d.id, d.event_id as "eventId", d.attempts`;
  const inOrder = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await enqueueDeliveries(
    tx,
    inOrder.map(({ id, eventId, attempts }) => ({
      job: { d: id, e: eventId, p: endpointId, t: attempts > 0 ? "schedule" : "first" },
    })),
  );
  return rows.length;
}

async function discardWindow(tx: SqlTransaction, endpointId: string): Promise<number> {
  const { count } = await tx`
    with gone as materialized (
      select id from delivery where endpoint_id = ${endpointId} and parked order by id limit ${WINDOW} for update skip locked
    )
    update delivery d set status = 'discarded', parked = false, reason = ${ENDPOINT_DELETED}, finished_at = now()
    from gone where d.id = gone.id`;
  return count;
}
