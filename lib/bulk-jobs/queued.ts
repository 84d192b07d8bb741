import type { SqlTransaction } from "../db.ts";
import { DELIVER_QUEUE } from "../queue/jobs.ts";

/** Which of these deliveries the queue has a live job of, and whether a worker holds it. */
export async function listQueued(
  tx: SqlTransaction,
  deliveryIds: readonly string[],
): Promise<Map<string, "waiting" | "active">> {
  if (deliveryIds.length === 0) return new Map();
  const rows = await tx<{ id: string; active: boolean }[]>`
    select data ->> 'd' as id, state = 'active' as active from pgboss.job
    where name = ${DELIVER_QUEUE} and data ->> 'd' = any(${[...deliveryIds]}::text[]) and state <= 'active'`;
  return new Map(rows.map(({ id, active }) => [id, active ? "active" : "waiting"]));
}

/**
 * Takes back the jobs of these deliveries that nobody has claimed yet.
 * @returns the deliveries that had one
 */
export async function takeFromQueue(tx: SqlTransaction, deliveryIds: readonly string[]): Promise<Set<string>> {
  if (deliveryIds.length === 0) return new Set();
  const rows = await tx<{ id: string }[]>`
    delete from pgboss.job
    where name = ${DELIVER_QUEUE} and data ->> 'd' = any(${[...deliveryIds]}::text[]) and state < 'active'
    returning data ->> 'd' as id`;
  return new Set(rows.map(({ id }) => id));
}
