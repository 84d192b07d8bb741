import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import { aQueuedDelivery, aSignedEndpoint, attemptsOf, liveJobs, theDelivery } from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";
import { aWorkerProcess, type WorkerProcess } from "../support/worker.ts";

await testDatabase({ HOST: "127.0.0.1" });
const workspaceId = await aWorkspace();
let receiver: FaultReceiver;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  receiver = await faultReceiver();
});
afterEach(() => {
  for (const { child } of workers.splice(0)) child.kill("SIGKILL");
});
afterAll(() => receiver.close());

async function start(): Promise<WorkerProcess> {
  const worker = await aWorkerProcess();
  workers.push(worker);
  return worker;
}

const anEndpointAt = (path: string) =>
  aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, timeoutSeconds: 20 });
const statusOf = async (id: string) => (await theDelivery(id)).status;

test("a queued delivery wakes the worker: it arrives long before the next look", async () => {
  await start();
  const endpointId = await anEndpointAt("/ok");
  const latencies: number[] = [];
  for (let n = 0; n < 10; n++) {
    const begun = performance.now();
    const id = await aQueuedDelivery(workspaceId, endpointId);
    await eventually(async () => (await statusOf(id)) === "delivered", { everyMs: 5 });
    latencies.push(performance.now() - begun);
  }
  expect(latencies.toSorted((a, b) => a - b)[5]).toBeLessThan(250);
});

test("told to stop, a worker finishes what is on its way and ends with 0", async () => {
  const worker = await start();
  const id = await aQueuedDelivery(workspaceId, await anEndpointAt("/slow/700"));
  await eventually(() => receiver.calls.some(({ path }) => path === "/slow/700"));
  worker.child.kill("SIGTERM");
  expect(await worker.ended).toEqual([0, null]);
  expect(await theDelivery(id)).toMatchObject({ status: "delivered", attempts: 1 });
});

test("a worker whose supervisor is gone ends by itself", async () => {
  const worker = await start();
  worker.child.disconnect();
  expect(await worker.ended).toEqual([0, null]);
});

test("what a killed worker had on its way is delivered within 30 seconds by another, and the rest at once", async () => {
  const victim = await start();
  const cutOff = await aQueuedDelivery(workspaceId, await anEndpointAt("/gate/kill"));
  await eventually(() => receiver.calls.some(({ path }) => path === "/gate/kill"));
  victim.child.kill("SIGKILL");
  await victim.ended;
  receiver.openGate();
  await start();
  const next = await aQueuedDelivery(workspaceId, await anEndpointAt("/ok"));
  await eventually(async () => (await statusOf(next)) === "delivered", { withinMs: 3_000 });

  await eventually(async () => (await statusOf(cutOff)) === "delivered", { withinMs: 30_000, everyMs: 100 });
  expect(await attemptsOf(cutOff)).toMatchObject([
    { outcome: "interrupted" },
    { trigger: "recovery", outcome: "success" },
  ]);
  expect(await liveJobs(cutOff)).toEqual([]);
});
