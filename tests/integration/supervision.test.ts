import { test } from "vitest";
import { connectDirect, hotSql } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { claimJobs } from "../../lib/queue/claim.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
import { superviseQueue } from "../../lib/queue/supervision.ts";
import { testDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

await testDatabase();

/** A job whose worker has not been heard of for a minute. */
async function anAbandonedJob(): Promise<string> {
  const job = { d: newId(), e: newId(), p: newId() };
  await hotSql().begin((tx) => enqueueDeliveries(tx, [{ job }]));
  await claimJobs(1);
  await hotSql()`update pgboss.job set heartbeat_on = now() - interval '1 minute' where data ->> 'd' = ${job.d}`;
  return job.d;
}

async function stateOf(delivery: string): Promise<string> {
  const [row] = await hotSql()<{ state: string }[]>`select state from pgboss.job where data ->> 'd' = ${delivery}`;
  return row?.state ?? "gone";
}

test("what an ended worker had is taken up again although supervision was cut off in mid-statement before", async () => {
  const abandoned = await anAbandonedJob();
  const blocker = connectDirect();
  await blocker`begin`;
  await blocker`lock table pgboss.queue in access exclusive mode`;
  const stop = new AbortController();
  const supervising = superviseQueue(stop.signal);

  // It waits for the table in the middle of its statements, and is cancelled there.
  await eventually(async () => {
    const cancelled = await hotSql()`
      select pid, pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`;
    return cancelled.length > 0;
  });
  await blocker`commit`;
  await blocker.end();

  await eventually(async () => (await stateOf(abandoned)) === "retry", { withinMs: 40_000 });
  stop.abort();
  await supervising;
});

test("supervision ends at once when it is told to, even while it waits for the database", async () => {
  const blocker = connectDirect();
  await blocker`begin`;
  await blocker`lock table pgboss.queue in access exclusive mode`;
  const stop = new AbortController();
  const supervising = superviseQueue(stop.signal);
  await eventually(async () => {
    const waiting = await hotSql()`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return waiting.length > 0;
  });
  stop.abort();
  await supervising;
  await blocker`rollback`;
  await blocker.end();
});
