import type { Sql } from "../db.ts";
import { DELIVER_QUEUE } from "./jobs.ts";

export type QueueCounts = {
  /** Could run now. */
  ready: number;
  /** Being sent. */
  active: number;
  /** Wait for a planned retry. */
  deferred: number;
  /** How long the oldest that could run has been waiting, in seconds; 0 when none waits. */
  oldestReadySeconds: number;
};

export async function queueCounts(sql: Sql): Promise<QueueCounts> {
  const [row] = await sql<QueueCounts[]>`
    select count(*) filter (where state < 'active' and start_after <= now())::int as ready,
      count(*) filter (where state = 'active')::int as active,
      count(*) filter (where state < 'active' and start_after > now())::int as deferred,
      coalesce(extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after <= now())), 0)
        ::float8 as "oldestReadySeconds"
    from pgboss.job where name = ${DELIVER_QUEUE}`;
  return row ?? { ready: 0, active: 0, deferred: 0, oldestReadySeconds: 0 };
}
