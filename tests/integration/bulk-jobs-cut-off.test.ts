import { afterEach, beforeEach, expect, test } from "vitest";
import { continueJob, stopJob } from "../../lib/bulk-jobs/commands.ts";
import { findJob } from "../../lib/bulk-jobs/queries.ts";
import { BulkJobRunner } from "../../lib/bulk-jobs/runner.ts";
import { takeTurn } from "../../lib/bulk-jobs/turn.ts";
import { hotSql, type Sql } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { aCountedJob, ada, aJob, anOutage } from "../support/bulk-jobs.ts";
import { failed, SUCCEEDED } from "../support/calls.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, aWorker, type TestWorker } from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";
import { aWorkerProcess, type WorkerProcess } from "../support/worker.ts";

// A job goes on as if nothing had happened, wherever it is cut off and whoever else is at it.

await testDatabase({ HOST: "127.0.0.1" });
let workspaceId = "";
let endpointId = "";
let receiver: FaultReceiver;
const runners: BulkJobRunner[] = [];
const workers: TestWorker[] = [];
const processes: WorkerProcess[] = [];

beforeEach(async () => {
  receiver = await faultReceiver();
  workspaceId = await aWorkspace();
  endpointId = await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok` });
});
afterEach(async () => {
  for (const { child } of processes.splice(0)) child.kill("SIGKILL");
  for (const runner of runners.splice(0)) await runner.stop();
  for (const worker of workers.splice(0)) await worker.stop(0);
  await receiver.close();
  await hotSql()`delete from pgboss.job`;
  await hotSql()`update delivery set status = 'discarded', parked = false, released = false where status in ('queued', 'retrying', 'held')`;
});

const failedDeliveries = (count: number) => anOutage(workspaceId, endpointId, count);

function run(count = 1): void {
  for (let n = 0; n < count; n++) {
    const runner = new BulkJobRunner(hotSql());
    runner.start();
    runners.push(runner);
  }
}

const eventOf = (headers: [string, string][]) => headers.find(([name]) => name === "webhook-id")?.[1] ?? "";

/** Whatever happened, these hold at any moment. */
async function expectSound(jobId: string): Promise<void> {
  const sql = hotSql();
  const [both] = await sql`
    select count(*)::int as count from delivery d join pgboss.job j on j.data ->> 'd' = d.id::text and j.state <= 'active'
    where d.parked and d.endpoint_id = ${endpointId}`;
  expect(both).toEqual({ count: 0 });
  const [lost] = await sql`
    select count(*)::int as count from delivery d
    where d.endpoint_id = ${endpointId} and d.status in ('queued', 'retrying', 'held') and not d.parked
      and not exists (select from pgboss.job j where j.data ->> 'd' = d.id::text and j.state <= 'active')`;
  expect(lost).toEqual({ count: 0 });
  const [sums] = await sql`
    select sum(e.waiting - n.waiting)::int as waiting, sum(e.open - n.open)::int as open,
      sum(e.delivered + e.failed + e.retrying + e.discarded + e.skipped - n.over)::int as over
    from bulk_job_endpoint e cross join lateral (
      select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'open') as open,
        count(*) filter (where state not in ('waiting', 'open')) as over
      from bulk_job_item i where i.job_id = e.job_id and i.endpoint_id = e.endpoint_id) n
    where e.job_id = ${jobId}`;
  expect(sums).toEqual({ waiting: 0, open: 0, over: 0 });
}

/** Attempts on record, per delivery: successes, and whatever came after one. */
async function attempts() {
  const [row] = await hotSql()<{ successes: number; twice: number; after: number }[]>`
    select count(*) filter (where ok > 0)::int as successes, count(*) filter (where ok > 1)::int as twice,
      count(*) filter (where last > first_ok)::int as after
    from (select delivery_id, count(*) filter (where outcome = 'success') as ok, max(number) as last,
        min(number) filter (where outcome = 'success') as first_ok
      from attempt a join delivery d on d.id = a.delivery_id where d.endpoint_id = ${endpointId} group by 1) as t`;
  return row;
}

/** A connection that is gone after so many statements of a transaction. */
function cutOffAfter(statements: number): Sql {
  const begin = (work: (tx: unknown) => Promise<unknown>) =>
    hotSql().begin(async (tx) => {
      let left = statements;
      const cut = new Proxy(tx, {
        apply(target, self, args) {
          // Fragments of statements are none.
          const isStatement =
            Array.isArray(args[0]) && "raw" in args[0] && /\b(select|insert|update|delete)\b/.test(args[0][0]);
          if (isStatement && left-- <= 0) throw new Error("cut off");
          return Reflect.apply(target as never, self, args);
        },
      });
      return work(cut);
    });
  return Object.assign({}, { begin }) as unknown as Sql;
}

test("cut off between any two statements, a turn has not happened, and the next one does it", async () => {
  await failedDeliveries(5);
  const jobId = await aCountedJob(workspaceId);
  const sound = async () => {
    await expectSound(jobId);
    return (await findJob(workspaceId, jobId))?.sums;
  };
  let cuts = 0;
  for (let after = 1; after < 40; after++) {
    const before = await sound();
    const cut = await takeTurn(cutOffAfter(after), jobId, endpointId).catch((error) => error as Error);
    if (!(cut instanceof Error)) break;
    expect(cut.message).toBe("cut off");
    expect(await sound()).toEqual(before);
    cuts++;
  }
  expect(cuts).toBeGreaterThan(5);
  expect(await sound()).toMatchObject({ open: 5, waiting: 0 });
});

test("turns of several workers and a stop at the same moment put nothing in line twice and leave nothing behind", async () => {
  const ids = await failedDeliveries(1_500);
  const jobId = await aCountedJob(workspaceId);
  for (let round = 0; round < 4; round++) {
    const turns = Array.from({ length: 5 }, () => takeTurn(hotSql(), jobId, endpointId));
    await Promise.all([...turns, stopJob(workspaceId, jobId, ada)]);
    await takeTurn(hotSql(), jobId, endpointId);
    await expectSound(jobId);
    expect(await findJob(workspaceId, jobId)).toMatchObject({
      status: "stopped",
      sums: { open: 0, waiting: ids.length },
    });
    const [standing] =
      await hotSql()`select count(*)::int as count from delivery where endpoint_id = ${endpointId} and status <> 'failed'`;
    expect(standing).toEqual({ count: 0 });
    await continueJob(workspaceId, jobId, ada);
  }
});

test("two runners beside two workers deliver all of a job, each delivery once", async () => {
  const ids = await failedDeliveries(1_200);
  const calls = new Map<string, number>();
  for (const slot of [0, 1]) {
    const send: Parameters<typeof aWorker>[0] = {
      slot,
      releases: true,
      send: async ({ headers }) => {
        const event = eventOf(headers);
        calls.set(event, (calls.get(event) ?? 0) + 1);
        return SUCCEEDED;
      },
    };
    workers.push(aWorker(send));
  }
  run(2);
  const jobId = await aJob(workspaceId);
  await eventually(async () => (await findJob(workspaceId, jobId))?.status === "done", { withinMs: 30_000 });
  expect(await findJob(workspaceId, jobId)).toMatchObject({ total: ids.length, sums: { delivered: ids.length } });
  expect(await attempts()).toEqual({ successes: ids.length, twice: 0, after: 0 });
  expect([...calls.values()].filter((count) => count !== 1)).toEqual([]);
});

test("what fails again is told, and a job over it takes up nothing that was delivered", async () => {
  const ids = await failedDeliveries(60);
  let up = false;
  const broken = new Set(ids.slice(0, 5).map(({ e }) => formatId("evt", e)));
  workers.push(
    aWorker({
      releases: true,
      send: async ({ headers }) => (up || !broken.has(eventOf(headers)) ? SUCCEEDED : failed(400)),
    }),
  );
  run();
  const first = await aJob(workspaceId);
  await eventually(async () => (await findJob(workspaceId, first))?.status === "done_with_errors");
  expect(await findJob(workspaceId, first)).toMatchObject({ sums: { delivered: 55, failed: 5 } });
  up = true;
  const again = await aJob(workspaceId, { scope: { over: { by: "failures", jobId: first } } });
  await eventually(async () => (await findJob(workspaceId, again))?.status === "done");
  expect(await findJob(workspaceId, again)).toMatchObject({ total: 5, sums: { delivered: 5 } });
  expect(await attempts()).toMatchObject({ successes: 60, twice: 0, after: 0 });
});

test("kill -9 of the workers again and again, stops in between: all are delivered, none again after it succeeded", {
  timeout: 150_000,
}, async () => {
  const ids = await failedDeliveries(3_000);
  const start = async () => processes.push(await aWorkerProcess());
  await Promise.all([start(), start()]);
  const jobId = await aJob(workspaceId);
  for (let kill = 1; kill <= 4; kill++) {
    await eventually(() => receiver.calls.length >= kill * 400, { withinMs: 40_000, everyMs: 5 });
    processes.shift()?.child.kill("SIGKILL");
    if (kill % 2 === 0) {
      expect(await stopJob(workspaceId, jobId, ada)).toBe("stopped");
      await expectSound(jobId);
      expect(await continueJob(workspaceId, jobId, ada)).toBe("continued");
    }
    await start();
  }
  await eventually(async () => (await findJob(workspaceId, jobId))?.status === "done", {
    withinMs: 90_000,
    everyMs: 100,
  });
  await expectSound(jobId);
  expect(await findJob(workspaceId, jobId)).toMatchObject({ total: ids.length, sums: { delivered: ids.length } });
  expect(await attempts()).toEqual({ successes: ids.length, twice: 0, after: 0 });
  // What was in flight when a worker died may have arrived: at least once.
  const byEvent = new Map<string, number>();
  for (const { headers } of receiver.calls) {
    const id = String(headers["webhook-id"]);
    byEvent.set(id, (byEvent.get(id) ?? 0) + 1);
  }
  expect(byEvent.size).toBe(ids.length);
  expect(receiver.calls.length - ids.length).toBeLessThan(4 * 400);
});
