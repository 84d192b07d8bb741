import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { endpoint } from "../../drizzle/schema/configuration.ts";
import { hotSql } from "../../lib/db.ts";
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
  receiver.calls.length = 0;
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

const aStrictEndpoint = (path: string, values: Partial<typeof endpoint.$inferInsert> = {}) =>
  make.aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, ordering: "strict", ...values });

const numbersAt = (path: string) =>
  receiver.calls.filter((call) => call.path === path).map(({ body }) => JSON.parse(body.toString()).data.n as number);

const statusOf = async (id: string) => (await make.theDelivery(id)).status;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

/** As ingest leaves them for an endpoint with an order: parked, without jobs. */
async function park(endpointId: string): Promise<void> {
  await hotSql()`update delivery set parked = true where endpoint_id = ${endpointId}`;
  await hotSql()`delete from pgboss.job where data ->> 'p' = ${endpointId}`;
}

test("with strict ordering deliveries arrive one after the other, oldest first, whichever of two workers sends them", async () => {
  const endpointId = await aStrictEndpoint("/slow/3");
  const ids = await make.queueDeliveries(workspaceId, endpointId, 60);
  await park(endpointId);
  work();
  work({ slot: 1 });
  await eventually(async () => (await statusOf(ids[59]!)) === "delivered");
  expect(numbersAt("/slow/3")).toEqual(upTo(60));
});

test("with ordering keys each key has an order of its own, and a slow key holds up no other", async () => {
  const endpointId = await aStrictEndpoint("/ok/keys");
  const ids = await make.queueDeliveries(workspaceId, endpointId, 90, { lane: (n) => `customer-${n % 3}` });
  await park(endpointId);
  work();
  await eventually(async () => (await Promise.all(ids.slice(-3).map(statusOf))).every((s) => s === "delivered"));
  const numbers = numbersAt("/ok/keys");
  for (const key of [0, 1, 2]) {
    expect(numbers.filter((n) => n % 3 === key)).toEqual(upTo(90).filter((n) => n % 3 === key));
  }
});

test("a failing head blocks its own line until it is delivered, and no other line", async () => {
  const endpointId = await aStrictEndpoint("/flaky/1", { retrySchedule: [3_600] });
  const ids = await make.queueDeliveries(workspaceId, endpointId, 4, { lane: (n) => (n < 2 ? "a" : null) });
  await park(endpointId);
  work();
  await eventually(async () => (await statusOf(ids[0]!)) === "retrying" && (await statusOf(ids[2]!)) === "retrying");
  expect(await make.theDelivery(ids[1]!)).toMatchObject({ status: "queued", parked: true, attempts: 0 });
  expect(await make.theDelivery(ids[0]!)).toMatchObject({ released: true });

  await make.hurry(ids[0]!);
  await eventually(async () => (await statusOf(ids[1]!)) === "retrying");
  expect(await make.theDelivery(ids[3]!)).toMatchObject({ status: "queued", parked: true, attempts: 0 });
});

test("a head that is given up lets the next in its line go", async () => {
  const endpointId = await aStrictEndpoint("/status/500", { retrySchedule: [] });
  const ids = await make.queueDeliveries(workspaceId, endpointId, 3);
  await park(endpointId);
  work();
  await eventually(async () => (await statusOf(ids[2]!)) === "failed");
  expect(numbersAt("/status/500")).toEqual(upTo(3));
});

test("the lines of many keys that are blocked do not keep the others from being found", async () => {
  const endpointId = await aStrictEndpoint("/ok/many");
  const ids = await make.queueDeliveries(workspaceId, endpointId, 400, { lane: (n) => `key-${n % 200}` });
  await park(endpointId);
  // The first of 190 keys waits for a retry that is hours away.
  await hotSql()`
    update delivery set parked = false, released = true, status = 'retrying', next_attempt_at = now() + interval '5 hours'
    where id = any(${ids.slice(0, 190)})`;
  work();
  const last = ids.slice(390);
  await eventually(async () => (await Promise.all(last.map(statusOf))).every((status) => status === "delivered"));
  expect(numbersAt("/ok/many").sort((a, b) => a - b)).toEqual([
    ...upTo(10).map((n) => 190 + n),
    ...upTo(10).map((n) => 390 + n),
  ]);
});
