import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RECEIVER_HOST, startReceiver } from "../../lib/receiver/server.ts";
import { freePort } from "../../lib/run/ports.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

const port = await freePort();
await testDatabase({ RECEIVER_PORT: String(port) });
const workspaceId = await aWorkspace();
const server = await startReceiver(port);
let worker: make.TestWorker;

beforeAll(() => {
  worker = make.aWorker({ host: "0.0.0.0" });
});
afterAll(async () => {
  await worker.stop(0);
  server.close();
});

async function deliverTo(mode: string, builtIn = true): Promise<string> {
  const endpointId = await make.aSignedEndpoint(workspaceId, { url: `http://${RECEIVER_HOST}${mode}`, builtIn });
  const id = await make.aQueuedDelivery(workspaceId, endpointId, { test: true });
  worker.pump.wake();
  return id;
}

async function answerTo(id: string) {
  const attempt = await eventually(() => make.firstAttempt(id));
  return { statusCode: attempt.statusCode, body: attempt.responseBody?.toString() };
}

test("it verifies what the product signs, and says so", async () => {
  expect(await answerTo(await deliverTo("/ok"))).toEqual({ statusCode: 200, body: '{"verified":true}' });
});

test("it fails on request, still verifying", async () => {
  expect(await answerTo(await deliverTo("/status/503"))).toEqual({ statusCode: 503, body: '{"verified":true}' });
  expect(await answerTo(await deliverTo("/status/999"))).toMatchObject({ statusCode: 400 });
  expect(await answerTo(await deliverTo("/elsewhere"))).toMatchObject({ statusCode: 404 });
});

test("it fails once and then works", async () => {
  const id = await deliverTo("/fail-then-ok");
  expect(await answerTo(id)).toMatchObject({ statusCode: 500 });
  await eventually(async () => (await make.liveJobs(id)).length === 1);
  await make.hurry(id);
  worker.pump.wake();
  await eventually(async () => (await make.theDelivery(id)).status === "delivered");
});

test("it listens on loopback alone and refuses what is not signed", async () => {
  expect((server.address() as AddressInfo).address).toBe("127.0.0.1");
  const response = await fetch(`http://127.0.0.1:${port}/ok`, { method: "POST", body: "{}" });
  expect([response.status, await response.json()]).toEqual([401, { verified: false }]);
});

test("a body beyond its limit is refused", async () => {
  const response = await fetch(`http://127.0.0.1:${port}/ok`, { method: "POST", body: Buffer.alloc(3_000_000) });
  expect(response.status).toBe(413);
});
