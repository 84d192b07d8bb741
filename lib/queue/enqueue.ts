import type { SqlTransaction } from "../db.ts";
import { newId } from "../ids.ts";
import { NOTIFY_CHANNEL } from "./boss.ts";
import { DELIVER_QUEUE, type DeliveryJob } from "./jobs.ts";

/** A delivery to be taken up: at once, at a moment, or so many seconds from now by the database's clock. */
export type NewJob = { job: DeliveryJob; startAfter?: Date | number };

/**
 * Queues deliveries in the caller's transaction: rows and jobs commit together or not at all. The rows are those that
 * pg-boss's own insert would make, at half its price (it reads twenty options of each job from JSON, and we use one);
 * a test holds the two against each other. But for one thing: jobs are in the order of when they may run, so that claims
 * need not read past those for later (see claim.ts).
 * @throws when a job was not inserted, which rolls the transaction back: a delivery has at most one live job
 */
export async function enqueueDeliveries(tx: SqlTransaction, jobs: NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  // An array that is too short is filled up with null: at once.
  const later = jobs.some(({ startAfter }) => startAfter !== undefined) ? jobs : [];
  // Jobs for later are not announced: the floor under the worker's rests finds them.
  const announced = jobs.some(({ startAfter }) => isNow(startAfter));
  const [row] = await tx<{ count: number }[]>`
    with queued as (
      insert into pgboss.job (id, name, data, start_after, keep_until, expire_seconds, deletion_seconds, retry_limit,
        retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds, created_on)
      select j.id, q.name, j.data, j.start_after, j.start_after + q.retention_seconds * interval '1 second',
        q.expire_seconds, q.deletion_seconds, q.retry_limit, q.retry_delay, coalesce(q.retry_backoff, false),
        q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds, j.start_after
      from (
        select id, data, coalesce(moment, now() + seconds * interval '1 second', now()) as start_after
        from unnest(
          ${jobs.map(() => newId())}::uuid[],
          ${jobs.map(({ job }) => JSON.stringify(job))}::text[]::jsonb[],
          ${later.map(({ startAfter }) => (startAfter instanceof Date ? startAfter.toISOString() : null))}::text[]::timestamptz[],
          ${later.map(({ startAfter }) => (typeof startAfter === "number" ? startAfter : null))}::float8[]
        ) as n (id, data, moment, seconds)
      ) as j, pgboss.queue q
      where q.name = ${DELIVER_QUEUE}
      on conflict do nothing
      returning 1
    )
    select count(*)::int as count ${announced ? tx`, pg_notify(${NOTIFY_CHANNEL}, ${DELIVER_QUEUE})` : tx``}
    from queued`;
  if (row?.count !== jobs.length) throw new Error(`Only ${row?.count ?? 0} of ${jobs.length} jobs were queued`);
}

function isNow(startAfter: Date | number | undefined): boolean {
  return startAfter instanceof Date ? startAfter.getTime() <= Date.now() : (startAfter ?? 0) <= 0;
}
