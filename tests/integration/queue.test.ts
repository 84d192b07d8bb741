import { expect, test } from "vitest";
import { connectDirect, hotSql, queueSql } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { boss, bossDb, NOTIFY_CHANNEL } from "../../lib/queue/boss.ts";
import { claimJobs } from "../../lib/queue/claim.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
import { DELIVER_QUEUE } from "../../lib/queue/jobs.ts";
import { settleJobs } from "../../lib/queue/settle.ts";
import { testDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

await testDatabase();

async function counts() {
  const [row] = await hotSql()<{ ready: number; active: number; deferred: number }[]>`
    select count(*) filter (where state < 'active' and start_after <= now())::int as ready,
      count(*) filter (where state = 'active')::int as active,
      count(*) filter (where state < 'active' and start_after > now())::int as deferred
    from pgboss.job where name = 'deliver'`;
  return row!;
}

const aJob = () => ({ d: newId(), e: newId(), p: newId() });

test("the very first jobs can be queued by more transactions at once than there are connections", async () => {
  const queued = Array.from({ length: 30 }, () => hotSql().begin((tx) => enqueueDeliveries(tx, [{ job: aJob() }])));
  await Promise.all(queued);
  expect(await counts()).toMatchObject({ ready: 30, active: 0, deferred: 0 });
});

test("a transaction that is rolled back leaves no job", async () => {
  const before = await counts();
  const failing = hotSql().begin(async (tx) => {
    await enqueueDeliveries(tx, [{ job: aJob() }]);
    throw new Error("after all not");
  });
  await expect(failing).rejects.toThrow("after all not");
  expect((await counts()).ready).toBe(before.ready);
});

test("claims are counted as active, and a settled job is gone once", async () => {
  const { jobs, more } = await claimJobs(5);
  expect([jobs.length, more]).toEqual([4, true]);
  expect(await counts()).toMatchObject({ active: 4, ready: 26 });
  expect((await hotSql().begin((tx) => settleJobs(tx, jobs))).size).toBe(4);
  expect((await hotSql().begin((tx) => settleJobs(tx, jobs))).size).toBe(0);
});

test("a deferred job is not claimed before its time", async () => {
  await claimJobs(512);
  await hotSql().begin((tx) => enqueueDeliveries(tx, [{ job: aJob(), startAfter: 60 }]));
  expect((await claimJobs(1)).jobs).toEqual([]);
  expect(await counts()).toMatchObject({ deferred: 1, ready: 0 });
});

test.each([
  ["at once", undefined],
  ["in 90.5 seconds", 90.5],
  ["at a moment", new Date("2031-01-31T09:30:00.123Z")],
])("a job for %s is the one that pg-boss itself would have queued", async (_, startAfter) => {
  const [ours, theirs] = [aJob(), aJob()];
  // In one transaction: both see the same clock.
  await hotSql().begin(async (tx) => {
    await enqueueDeliveries(tx, [{ job: ours, startAfter }]);
    await (await boss()).insert(DELIVER_QUEUE, [{ data: theirs, startAfter }], { db: bossDb(tx) });
  });
  const row = async (job: { d: string }) => {
    const [found] = await hotSql()`select * from pgboss.job where data ->> 'd' = ${job.d}`;
    // When it may run is also its place in the order of claims.
    const { id, data, created_on: _, ...rest } = found ?? {};
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(data).toEqual(job);
    return rest;
  };
  expect(await row(ours)).toEqual(await row(theirs));
});

test("only jobs that can run now are announced", async () => {
  let announced = 0;
  const ear = connectDirect();
  await ear.listen(NOTIFY_CHANNEL, () => {
    announced++;
  });
  await hotSql().begin((tx) => enqueueDeliveries(tx, [{ job: aJob(), startAfter: 60 }]));
  await hotSql().begin((tx) => enqueueDeliveries(tx, [{ job: aJob() }, { job: aJob(), startAfter: 60 }]));
  await eventually(() => announced > 0);
  // What was announced before arrives before.
  await hotSql().notify(NOTIFY_CHANNEL, "");
  await eventually(() => announced > 1);
  expect(announced).toBe(2);
  await ear.end();
});

test("a claim reads no further than the jobs that may run, however many are for later", async () => {
  await claimJobs(512);
  const jobs = Array.from({ length: 20_000 }, (_, n) => ({ job: aJob(), startAfter: 3_600 + n }));
  await hotSql().begin((tx) => enqueueDeliveries(tx, jobs));
  await hotSql()`vacuum analyze pgboss.job`;
  const due = aJob();
  await hotSql().begin((tx) => enqueueDeliveries(tx, [{ job: due }]));
  const before = await pagesRead();
  expect((await claimJobs(64)).jobs.map(({ data }) => data)).toEqual([due]);
  expect((await claimJobs(64)).jobs).toEqual([]);
  // Those for later take up more than a hundred.
  expect((await pagesRead()) - before).toBeLessThan(50);
});

/** How many pages of the index that claims follow were looked at so far. */
async function pagesRead(): Promise<number> {
  // Every connection that could have claimed hands in its counts now.
  await Promise.all(Array.from({ length: 4 }, () => queueSql()`select pg_stat_force_next_flush(), pg_sleep(0.05)`));
  const [row] = await hotSql()<{ count: number }[]>`
    select sum(idx_blks_hit + idx_blks_read)::int as count from pg_statio_all_indexes
    where schemaname = 'pgboss' and indexrelname like '%i11'`;
  return row!.count;
}
