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
  expect((await stateOf(hanging))?.crowded_since).toBeInstanceOf(Date);

  receiver.openGate();
  await eventually(async () => (await countOf(hanging, "delivered")) === 500);
  // Nothing waits for it any more: new deliveries take the short way again.
  await eventually(async () => (await stateOf(hanging))?.crowded_since === null);
});
