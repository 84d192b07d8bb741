import type { SqlTransaction } from "../db.ts";
import { NOTIFY_CHANNEL } from "./boss.ts";
import { DELIVER_QUEUE, type DeliveryJob } from "./jobs.ts";

/**
 * Moves a delivery's waiting job to now and gives it to whoever asked.
 * @returns false when there is none: it is being sent, or has ended
 */
export async function hastenJob(tx: SqlTransaction, job: DeliveryJob): Promise<boolean> {
  const rows = await tx`
    update pgboss.job set start_after = now(), created_on = least(created_on, now()), data = ${JSON.stringify(job)}::text::jsonb
    where name = ${DELIVER_QUEUE} and data ->> 'd' = ${job.d} and state < 'active'
    returning id`;
  if (rows.length > 0) await tx`select pg_notify(${NOTIFY_CHANNEL}, ${DELIVER_QUEUE})`;
  return rows.length > 0;
}

/**
 * Takes back a job that nobody has claimed yet. One that is being sent goes on.
 * @returns whether there was one
 */
export async function deleteWaitingJob(tx: SqlTransaction, deliveryId: string): Promise<boolean> {
  const { count } = await tx`
    delete from pgboss.job
    where name = ${DELIVER_QUEUE} and data ->> 'd' = ${deliveryId} and state < 'active'`;
  return count > 0;
}
