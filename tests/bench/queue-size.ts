import { setTimeout as delay } from "node:timers/promises";
import { connect, type Sql } from "../../lib/db.ts";
import { DELIVER_QUEUE } from "../../lib/queue/jobs.ts";

/** Megabytes of the queue's table and of its indexes, once nothing is left in it. */
export type QueueSize = { table: number; indexes: number };

const LOOK_EVERY_MS = 200;
const DRAINED_WITHIN_MS = 60_000;

export async function drainedQueueSize(url: string): Promise<QueueSize> {
  const sql = connect(url, 1);
  try {
    const [queue] = await sql<{ table: string }[]>`
      select table_name as table from pgboss.queue where name = ${DELIVER_QUEUE}`;
    if (!queue) throw new Error("The queue has no table");
    await untilEmpty(sql, queue.table);
    const [size] = await sql<QueueSize[]>`
      select pg_table_size(oid) / 1048576.0::float8 as table, pg_indexes_size(oid) / 1048576.0::float8 as indexes
      from pg_class where relname = ${queue.table}`;
    return { table: Number(size?.table), indexes: Number(size?.indexes) };
  } finally {
    await sql.end();
  }
}

async function untilEmpty(sql: Sql, table: string): Promise<void> {
  const until = Date.now() + DRAINED_WITHIN_MS;
  while (Date.now() < until) {
    const left = await sql.unsafe(`select 1 from pgboss.${table} limit 1`);
    if (left.length === 0) return;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error("The queue was not drained in time");
}
