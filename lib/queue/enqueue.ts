import type { SqlTransaction } from "../db.ts";
import { boss, bossDb } from "./boss.ts";
import { DELIVER_QUEUE, type DeliveryJob } from "./jobs.ts";

/** A delivery to be taken up: at once, at a moment, or so many seconds from now by the database's clock. */
export type NewJob = { job: DeliveryJob; startAfter?: Date | number };

/**
 * Queues deliveries in the caller's transaction: rows and jobs commit together or not at all.
 * @throws when a job was not inserted, which rolls the transaction back: a delivery has at most one live job
 */
export async function enqueueDeliveries(tx: SqlTransaction, jobs: NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const queue = await boss();
  const ids = await queue.insert(
    DELIVER_QUEUE,
    jobs.map(({ job, startAfter }) => ({ data: job, startAfter })),
    { db: bossDb(tx), returnId: true },
  );
  if (ids?.length !== jobs.length) throw new Error(`Only ${ids?.length ?? 0} of ${jobs.length} jobs were queued`);
}
