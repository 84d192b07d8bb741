import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { endpoint } from "../../drizzle/schema/configuration.ts";
import { hotSql } from "../../lib/db.ts";
import type { CallResult } from "../../lib/delivery/call.ts";
import { Lease } from "../../lib/delivery/gate/lease.ts";
import { releaseParked } from "../../lib/delivery/release.ts";
import type { Send } from "../../lib/delivery/send.ts";
import { sweepAll } from "../../lib/delivery/sweep.ts";
import { claimJobs } from "../../lib/queue/claim.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();
let workspaceId = "";
let receiver: FaultReceiver;
const workers: make.TestWorker[] = [];

beforeAll(async () => {
  receiver = await faultReceiver();
});
beforeEach(async () => {
  workspaceId = await aWorkspace();
  return async () => {
    for (const worker of workers.splice(0)) await worker.stop(0);
    await hotSql()`delete from pgboss.job`;
    await hotSql()`update delivery set status = 'discarded', parked = false, released = false where status in ('queued', 'retrying', 'held')`;
  };
});
afterAll(() => receiver.close());

function work(options: Parameters<typeof make.aWorker>[0] = {}): make.TestWorker {
  const worker = make.aWorker({ releases: true, ...options });
  workers.push(worker);
  return worker;
}

const anEndpoint = (values: Partial<typeof endpoint.$inferInsert> = {}) =>
  make.aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok`, ...values });

const SUCCESS: CallResult = {
  outcome: "success",
  statusCode: 200,
  detail: null,
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: 1,
  totalMs: 1,
  reusedConnection: false,
  responseHeaders: [],
  responseBody: null,
  responseCut: false,
  remoteAddress: "127.0.0.1",
};

/** Counts the calls that are on their way at once to each endpoint. */
function counting(ms = 10) {
  const inFlight = new Map<string, number>();
  const most = new Map<string, number>();
  const send: Send = async ({ target: { endpointId } }) => {
    const now = (inFlight.get(endpointId) ?? 0) + 1;
    inFlight.set(endpointId, now);
    most.set(endpointId, Math.max(now, most.get(endpointId) ?? 0));
    await new Promise((resolve) => setTimeout(resolve, ms));
    inFlight.set(endpointId, (inFlight.get(endpointId) ?? 1) - 1);
    return SUCCESS;
  };
  return { send, most };
}

async function delivered(endpointId: string): Promise<number> {
  const [row] = await hotSql()<{ count: number }[]>`
    select count(*)::int as count from delivery where endpoint_id = ${endpointId} and status = 'delivered'`;
  return row?.count ?? 0;
}

async function leftovers(): Promise<number> {
  const [row] = await hotSql()<{ count: number }[]>`
    select count(*)::int as count from delivery where released or (parked and status = 'queued')`;
  return row?.count ?? 0;
}

test("an endpoint's limit of calls at once holds over all workers, and everything arrives", async () => {
  const limited = await anEndpoint({ maxInFlight: 3 });
  const free = await anEndpoint();
  const { send, most } = counting();
  work({ send });
  work({ send, slot: 1 });
  await make.queueDeliveries(workspaceId, limited, 120);
  await make.queueDeliveries(workspaceId, free, 120);
  await eventually(async () => (await delivered(limited)) === 120 && (await delivered(free)) === 120);
  expect(most.get(limited)).toBe(3);
  expect(most.get(free)).toBeGreaterThan(3);
  expect(await leftovers()).toBe(0);
});

test("what waits in line for its turn is no lost delivery: the sweep leaves it alone", async () => {
  const endpointId = await anEndpoint({ maxInFlight: 1 });
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const send: Send = () => finished.then(() => SUCCESS);
  work({ send });
  await make.queueDeliveries(workspaceId, endpointId, 5);
  const parked = () =>
    hotSql()`select id from delivery where endpoint_id = ${endpointId} and parked and status = 'queued'`;
  await eventually(async () => (await parked()).length === 4);
  expect(await sweepAll(hotSql())).toBe(0);
  finish();
  await eventually(async () => (await delivered(endpointId)) === 5);
});

test("a receiver that is fast loses little by a limit: ten at once of 10 ms each make hundreds a second", async () => {
  const endpointId = await anEndpoint({ maxInFlight: 10 });
  const { send, most } = counting();
  await make.queueDeliveries(workspaceId, endpointId, 1_000);
  await hotSql()`update delivery set parked = true where endpoint_id = ${endpointId}`;
  await hotSql()`delete from pgboss.job`;
  const began = performance.now();
  work({ send, concurrency: 400 });
  await eventually(async () => (await delivered(endpointId)) === 1_000);
  const perSecond = 1_000 / ((performance.now() - began) / 1_000);
  expect(most.get(endpointId)).toBe(10);
  expect(perSecond).toBeGreaterThan(30);
});

test("a rate limit holds over all workers: its burst at once, and then so many a second", async () => {
  const endpointId = await anEndpoint({ rateLimit: 20, rateBurst: 5 });
  const times: number[] = [];
  const send: Send = async () => {
    times.push(performance.now());
    return SUCCESS;
  };
  work({ send });
  work({ send, slot: 1 });
  await make.queueDeliveries(workspaceId, endpointId, 35);
  await eventually(async () => (await delivered(endpointId)) === 35);
  const seconds = (times.at(-1)! - times[0]!) / 1_000;
  // 30 after the burst take 1.5 s; what is let out may be sent a little late, never early.
  expect(seconds).toBeGreaterThan(1.3);
  expect(seconds).toBeLessThan(6);
});

test("a limit that is taken away lets go what waited for it", async () => {
  const endpointId = await anEndpoint({ rateLimit: 0.01 });
  work({ send: async () => SUCCESS });
  await make.queueDeliveries(workspaceId, endpointId, 50);
  await eventually(async () => (await delivered(endpointId)) === 1);
  await hotSql()`update endpoint set rate_limit = null, version = version + 1 where id = ${endpointId}`;
  await eventually(async () => (await delivered(endpointId)) === 50);
  expect(await leftovers()).toBe(0);
});

test("batches leave when they are full, or when their oldest has waited long enough, and all members together", async () => {
  const endpointId = await anEndpoint({ batchSize: 10, batchSeconds: 1 });
  const ids = await make.queueDeliveries(workspaceId, endpointId, 25);
  await hotSql()`update delivery set parked = true where endpoint_id = ${endpointId}`;
  await hotSql()`delete from pgboss.job`;
  const groups = () => hotSql()<{ g: string | null; count: number }[]>`
    select data ->> 'g' as g, count(*)::int as count from pgboss.job where data ->> 'd' = any(${ids}) group by 1 order by 2`;
  expect(await releaseParked(hotSql())).toBe(20);
  expect((await groups()).map(({ count }) => count)).toEqual([10, 10]);
  await eventually(async () => (await releaseParked(hotSql())) === 5);
  const all = await groups();
  expect(all.map(({ count }) => count)).toEqual([5, 10, 10]);
  expect(all.every(({ g }) => g !== null)).toBe(true);
});

test("two that believe to be elected let no more out than one", async () => {
  const endpointId = await anEndpoint({ maxInFlight: 7 });
  await make.queueDeliveries(workspaceId, endpointId, 100);
  await hotSql()`update delivery set parked = true where endpoint_id = ${endpointId}`;
  await hotSql()`delete from pgboss.job`;
  const moved = await Promise.all(Array.from({ length: 6 }, () => releaseParked(hotSql())));
  expect(moved.reduce((sum, n) => sum + n, 0)).toBe(7);
});

test("a turn that fails leaves everything where it was, and a delivery with a job beside its place in line stops nobody for long", async () => {
  const endpointId = await anEndpoint({ maxInFlight: 5 });
  const ids = await make.queueDeliveries(workspaceId, endpointId, 10);
  // One has a job all the same, as after a fault from outside: its turn cannot be taken.
  await hotSql()`update delivery set parked = true where endpoint_id = ${endpointId}`;
  await hotSql()`delete from pgboss.job where data ->> 'd' <> ${ids[2]!}`;
  await expect(releaseParked(hotSql())).rejects.toThrow(/4 of 5/);
  const [row] =
    await hotSql()`select count(*)::int as count from delivery where endpoint_id = ${endpointId} and parked and not released`;
  expect(row!.count).toBe(10);
  // The releaser finds out why, and puts it right.
  work({ send: async () => SUCCESS });
  await eventually(async () => (await delivered(endpointId)) === 10);
});

test("the task passes on when its holder ends, and when it stands still", async () => {
  const [first, second] = [new Lease(hotSql(), "test"), new Lease(hotSql(), "test")];
  expect([await first.take(), await second.take(), await first.take()]).toEqual([true, false, true]);
  await first.giveUp();
  expect([await second.take(), second.isMine, first.isMine]).toEqual([true, true, false]);
  await hotSql()`update lease set until = now() - interval '1 second' where name = 'test'`;
  expect([await first.take(), await second.take()]).toEqual([true, false]);
});

test("what a person or a bulk retry asked for is told as such, although it stood in line", async () => {
  const endpointId = await anEndpoint({ maxInFlight: 1 });
  const [id] = await make.queueDeliveries(workspaceId, endpointId, 1);
  await hotSql()`update pgboss.job set data = data || '{"t":"bulk","a":"key_1"}'::jsonb where data ->> 'd' = ${id!}`;
  work({ send: async () => SUCCESS });
  await eventually(async () => (await delivered(endpointId)) === 1);
  expect(await make.attemptsOf(id!)).toMatchObject([{ number: 1, trigger: "bulk", actor: "key_1" }]);
});

test("a retry that is due stands in line again, and counts as the planned one", async () => {
  const endpointId = await anEndpoint({ maxInFlight: 1, retrySchedule: [3_600] });
  let calls = 0;
  const send: Send = async () => (calls++ === 0 ? { ...SUCCESS, outcome: "http_error", statusCode: 500 } : SUCCESS);
  const [id] = await make.queueDeliveries(workspaceId, endpointId, 1);
  work({ send });
  await eventually(async () => (await make.theDelivery(id!)).status === "retrying");
  expect(await make.theDelivery(id!)).toMatchObject({ released: false, parked: false });
  await make.hurry(id!);
  await eventually(async () => (await delivered(endpointId)) === 1);
  expect(await make.attemptsOf(id!)).toMatchObject([{ trigger: "first" }, { trigger: "schedule" }]);
  expect(await leftovers()).toBe(0);
});

test("a group is claimed as a whole, whatever the free places are", async () => {
  const endpointId = await anEndpoint({ batchSize: 10 });
  await make.queueDeliveries(workspaceId, endpointId, 30);
  await hotSql()`update delivery set parked = true where endpoint_id = ${endpointId}`;
  await hotSql()`delete from pgboss.job`;
  await releaseParked(hotSql());
  const { jobs } = await claimJobs(16);
  const groups = Map.groupBy(jobs, ({ data }) => data.g);
  expect([...groups.values()].every((group) => group.length === 10)).toBe(true);
});

test("an event from a machine whose clock is hours ahead does not hold its batch up for hours", async () => {
  const endpointId = await anEndpoint({ batchSize: 10, batchSeconds: 5 });
  const ahead = idAt(Date.now() + 3 * 3_600_000);
  const eventId = await anEvent(workspaceId);
  await hotSql()`insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, parked)
    values (${ahead}, ${workspaceId}, ${eventId}, ${endpointId}, 'order.created', true)`;
  expect(await releaseParked(hotSql())).toBe(1);
});

test("an endpoint that can be let nothing out is looked at again after a while, not without a pause", async () => {
  const endpointId = await anEndpoint({ rateLimit: 5, rateBurst: 1 });
  // Before anything runs, so that it locks nobody out. Sequences count what is rolled back too.
  await hotSql().unsafe(`
    create table something_wrong ();
    create sequence turns;
    create function fail() returns trigger language plpgsql as $$ begin
      if not exists (select from something_wrong) then return new; end if;
      perform nextval('turns');
      raise exception 'something is wrong with it';
    end $$;
    create trigger fail before update on delivery for each row
      when (new.endpoint_id = '${endpointId}' and new.released and not old.released) execute function fail()`);
  await make.queueDeliveries(workspaceId, endpointId, 50);
  work({ send: async () => SUCCESS });
  const delivered = async () =>
    (await hotSql()`select 1 from delivery where endpoint_id = ${endpointId} and status = 'delivered'`).length;
  await eventually(async () => (await delivered()) >= 2);
  await hotSql()`insert into something_wrong default values`;
  const turns = async () => Number((await hotSql()`select last_value from turns`)[0]?.last_value);
  await eventually(async () => (await turns()) > 1);
  const [began, before] = [performance.now(), await turns()];
  await eventually(async () => (await turns()) >= before + 3);
  expect(performance.now() - began).toBeGreaterThan(1_500);
  await hotSql()`delete from something_wrong`;
  await eventually(async () => (await delivered()) >= 4);
});
