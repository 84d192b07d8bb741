import { expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { claimJobs } from "../../lib/queue/claim.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
import { settleJobs } from "../../lib/queue/settle.ts";
import { testDatabase } from "../support/database.ts";

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
