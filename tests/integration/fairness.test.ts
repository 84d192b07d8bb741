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

const anEndpointAt = (path: string, values: Partial<typeof endpoint.$inferInsert> = {}) =>
  make.aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, ...values });

async function countOf(endpointId: string, status: string): Promise<number> {
  const [row] = await hotSql()<{ count: number }[]>`
    select count(*)::int as count from delivery where endpoint_id = ${endpointId} and status = ${status}`;
  return row?.count ?? 0;
}

const stateOf = async (endpointId: string) =>
  (await hotSql()`select * from endpoint_state where endpoint_id = ${endpointId}`)[0];

test("an endpoint that hangs fills no worker: the deliveries of others behind five hundred of its own arrive meanwhile", async () => {
  const [hanging, fine] = [await anEndpointAt("/gate", { timeoutSeconds: 60 }), await anEndpointAt("/ok/fine")];
  await make.queueDeliveries(workspaceId, hanging, 500);
  await make.queueDeliveries(workspaceId, fine, 50);
  work({ concurrency: 100 });
  await eventually(async () => (await countOf(fine, "delivered")) === 50);
  expect(await countOf(hanging, "delivered")).toBe(0);
  await eventually(async () => (await stateOf(hanging))?.crowded_since instanceof Date);

  receiver.openGate();
  await eventually(async () => (await countOf(hanging, "delivered")) === 500);
  // Nothing waits for it any more: new deliveries take the short way again.
  await eventually(async () => (await stateOf(hanging))?.crowded_since === null);
});

test("the long line of one endpoint, however well it moves, does not keep another's delivery behind it waiting", async () => {
  const busy = await anEndpointAt("/slow/100");
  const other = await make.aSignedEndpoint(await aWorkspace(), { url: `${receiver.url}/ok/behind` });
  await make.queueDeliveries(workspaceId, busy, 3_000);
  await make.queueDeliveries(workspaceId, other, 1);
  work({ concurrency: 200 });
  await eventually(async () => (await countOf(other, "delivered")) === 1);
  expect(await countOf(busy, "delivered")).toBeLessThan(1_500);
});

test("many receivers that hang at once keep no worker from those that answer", async () => {
  const hanging = await Promise.all(
    Array.from({ length: 4 }, (_, n) => anEndpointAt(`/hang/${n}`, { timeoutSeconds: 60, maxInFlight: 10 })),
  );
  for (const endpointId of hanging) await make.queueDeliveries(workspaceId, endpointId, 30);
  const fine = await anEndpointAt("/ok/others");
  // Fewer places than calls that hang.
  work({ concurrency: 20 });
  await eventually(() => receiver.calls.filter(({ path }) => path.startsWith("/hang")).length === 40);
  await make.queueDeliveries(workspaceId, fine, 30);
  await eventually(async () => (await countOf(fine, "delivered")) === 30);
});

test("a delivery that was parked for an endpoint that is deleted meanwhile is discarded, and its neighbours go on", async () => {
  const [gone, fine] = [await anEndpointAt("/ok", { rateLimit: 0.01 }), await anEndpointAt("/ok", { maxInFlight: 2 })];
  await make.queueDeliveries(workspaceId, gone, 20);
  work();
  await eventually(async () => (await countOf(gone, "delivered")) === 1);
  await hotSql()`update endpoint set deleted_at = now() where id = ${gone}`;
  await make.queueDeliveries(workspaceId, fine, 20);
  await eventually(async () => (await countOf(gone, "discarded")) === 19 && (await countOf(fine, "delivered")) === 20);
});
