import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { endpoint } from "../../drizzle/schema/configuration.ts";
import { hotSql } from "../../lib/db.ts";
import type { CallResult } from "../../lib/delivery/call.ts";
import type { Send } from "../../lib/delivery/send.ts";
import { sweepAll } from "../../lib/delivery/sweep.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

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
  expect(perSecond).toBeGreaterThan(100);
});
