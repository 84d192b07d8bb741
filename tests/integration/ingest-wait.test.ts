import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { parseId } from "../../lib/ids.ts";
import { endWaits } from "../../lib/ingest/first-attempts.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, aWorker, type TestWorker } from "../support/deliveries.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();
let receiver: FaultReceiver;
let worker: TestWorker;

beforeAll(async () => {
  receiver = await faultReceiver();
  worker = aWorker();
});
afterAll(async () => {
  receiver.openGate();
  await worker.stop(0);
  await receiver.close();
});

async function aSender() {
  const workspaceId = await aWorkspace();
  await aType(workspaceId, "order.created");
  const endpoint = (path: string, values = {}) =>
    aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, timeoutSeconds: 60, ...values });
  return { workspaceId, secret: (await aKey(workspaceId)).secret, endpoint };
}

const ORDER = { type: "order.created", data: {} };
const waiting = (seconds: number) => ({ headers: { prefer: `wait=${seconds}` } });

test("a caller that waits hears how every delivery went", async () => {
  const { secret, endpoint } = await aSender();
  await endpoint("/ok");
  await endpoint("/status/500");
  await endpoint("/ok", { status: "paused" });

  const answer = await post(door, secret, ORDER, waiting(30));

  expect(answer).toMatchObject({ status: 202, body: { deliveries: 3, duplicate: false, complete: true } });
  expect(answer.headers.get("preference-applied")).toBe("wait=30");
  expect(answer.body.outcomes).toEqual([
    expect.objectContaining({
      id: expect.stringMatching(/^dlv_/),
      endpoint: expect.stringMatching(/^ep_/),
      status: "delivered",
      attemptCount: 1,
      lastOutcome: "success",
      lastStatusCode: 200,
    }),
    expect.objectContaining({ status: "retrying", attemptCount: 1, lastOutcome: "http_error", lastStatusCode: 500 }),
    expect.objectContaining({ status: "held", attemptCount: 0, reason: "The endpoint is paused" }),
  ]);
});

test("when the time is up the caller hears what is known, and the delivery goes on", async () => {
  const { secret, endpoint } = await aSender();
  await endpoint("/ok");
  await endpoint("/gate");
  const started = performance.now();

  const answer = await post(door, secret, ORDER, waiting(1));

  expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  expect(answer).toMatchObject({ status: 202, body: { complete: false } });
  expect(answer.headers.get("preference-applied")).toBe("wait=1");
  expect(answer.body.outcomes).toMatchObject([{ status: "delivered" }, { status: "queued", attemptCount: 0 }]);
});

test("an event nobody wants, and a wait of nothing, are answered at once", async () => {
  const unwanted = await aSender();
  const unwaited = await aSender();
  await unwaited.endpoint("/gate");
  const nobody = await post(door, unwanted.secret, ORDER, waiting(30));
  expect(nobody).toMatchObject({ body: { complete: true, outcomes: [] } });
  const answer = await post(door, unwaited.secret, ORDER, waiting(0));
  expect(answer).toMatchObject({ status: 202, body: { complete: false, outcomes: [{ status: "queued" }] } });
});

test("the same call again waits for the outcomes of the first", async () => {
  const { secret, endpoint } = await aSender();
  await endpoint("/ok");
  const event = { ...ORDER, id: "order-1" };
  const first = await post(door, secret, event);
  const again = await post(door, secret, event, waiting(30));
  expect(again).toMatchObject({
    status: 200,
    body: { id: first.body.id, duplicate: true, complete: true, outcomes: [{ status: "delivered" }] },
  });
});

test("a hundred callers wait at once, each for its own", async () => {
  const { secret, endpoint } = await aSender();
  await endpoint("/ok");
  const answers = await Promise.all(Array.from({ length: 100 }, () => post(door, secret, ORDER, waiting(30))));
  for (const { body } of answers) expect(body).toMatchObject({ complete: true, outcomes: [{ status: "delivered" }] });
  const ids = answers.map(({ body }) => (body.outcomes as { id: string }[])[0]?.id);
  expect(new Set(ids).size).toBe(100);
});

test.each<[string, unknown, string]>([
  ["a batch", [ORDER], "/api/v1/events/batch"],
  ["an event for later", { ...ORDER, deliverAt: new Date(Date.now() + 60_000) }, "/api/v1/events"],
])("%s is not waited for, and nothing of it is stored", async (_, body, path) => {
  const { workspaceId, secret } = await aSender();
  const answer = await post(door, secret, body, { path, ...waiting(5) });
  expect(answer).toMatchObject({ status: 400, body: { code: "invalid_parameter", errors: [{ path: "Prefer" }] } });
  expect(await hotSql()`select from event where workspace_id = ${workspaceId}`).toHaveLength(0);
});

test("a caller that hangs up leaves its event stored", async () => {
  const { workspaceId, secret, endpoint } = await aSender();
  await endpoint("/gate");
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json", prefer: "wait=30" };
  const call = request(`${door.url}/api/v1/events`, { method: "POST", headers });
  const closed = new Promise((resolve) => call.on("error", () => {}).on("close", resolve));
  call.end(JSON.stringify(ORDER));
  await eventually(async () => (await hotSql()`select from event where workspace_id = ${workspaceId}`).length === 1);
  call.destroy();
  await closed;
  expect((await post(door, secret, ORDER)).status).toBe(202);
});

// The last: it closes the door to waiting for good.
test("when the process stops, callers that wait get their answers at once", async () => {
  const { secret, endpoint } = await aSender();
  await endpoint("/gate");
  const call = post(door, secret, { ...ORDER, id: "stopped" }, waiting(30));
  await eventually(async () => (await hotSql()`select from event where idempotency_key = 'stopped'`).length === 1);
  endWaits();
  const answer = await call;
  expect(answer).toMatchObject({ status: 202, body: { complete: false, outcomes: [{ status: "queued" }] } });
  expect(answer.headers.get("preference-applied")).toBeNull();
  expect(parseId("evt", String(answer.body.id))).not.toBeNull();
});
