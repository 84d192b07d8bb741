import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receivedCall } from "../../drizzle/schema/console.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { updateEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointEdit, fromForm } from "../../lib/endpoints/forms.ts";
import { findEndpoint } from "../../lib/endpoints/queries.ts";
import { sendDemo, sendDemoEvents } from "../../lib/get-started/demo.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { accept } from "../../lib/ingest/accept.ts";
import { receiverUrl } from "../../lib/receiver/address.ts";
import { ALWAYS_OK, type ReceiverAnswer } from "../../lib/receiver/answer.ts";
import { makeReceiver, setAnswer } from "../../lib/receiver/commands.ts";
import { findReceiver, listReceivedCalls } from "../../lib/receiver/queries.ts";
import { CallRecorder, MOST_CALLS_KEPT } from "../../lib/receiver/recorder.ts";
import { startReceiver } from "../../lib/receiver/server.ts";
import { freePort } from "../../lib/run/ports.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

const port = await freePort();
await testDatabase({ RECEIVER_PORT: String(port) });
const server = await startReceiver(port);
let worker: make.TestWorker;

beforeAll(() => {
  worker = make.aWorker({ host: "0.0.0.0" });
});
afterAll(async () => {
  await worker.stop(0);
  server.close();
});

/** A workspace whose receiver answers like this. */
async function aReceiver(answer: Partial<ReceiverAnswer> = {}) {
  const workspaceId = await aWorkspace();
  const id = (await makeReceiver(workspaceId, ["demo.hello"], SYSTEM)) ?? "";
  await setAnswer(workspaceId, id, { ...ALWAYS_OK, ...answer }, SYSTEM);
  return { workspaceId, id };
}

async function deliverTo({ workspaceId, id }: { workspaceId: string; id: string }): Promise<string> {
  const deliveryId = await make.aQueuedDelivery(workspaceId, id, { test: true });
  worker.pump.wake();
  return deliveryId;
}

async function answerOf(receiver: { workspaceId: string; id: string }) {
  const deliveryId = await deliverTo(receiver);
  return eventually(() => make.firstAttempt(deliveryId));
}

test("it verifies what the product signs, says so, and shows what it got", async () => {
  const receiver = await aReceiver();
  const attempt = await answerOf(receiver);
  expect([attempt.statusCode, attempt.responseBody?.toString()]).toEqual([200, '{"verified":true}']);
  const [call] = await eventually(async () => {
    const calls = await listReceivedCalls(receiver.workspaceId, receiver.id);
    return calls.length > 0 && calls;
  });
  expect(call).toMatchObject({ method: "POST", verified: true, statusCode: 200, delayMs: 0 });
  expect(JSON.parse(call?.body.toString() ?? "")).toMatchObject({ type: "order.created", data: { n: 1 } });
  expect(await listReceivedCalls(await aWorkspace(), receiver.id)).toEqual([]);
});

test("it answers the status it was told, with Retry-After when it fails", async () => {
  const attempt = await answerOf(await aReceiver({ status: 429, retryAfterSeconds: 10 }));
  expect(attempt).toMatchObject({ statusCode: 429, retryAfterSeconds: 10 });
});

test("it fails so many first calls of each event and then works", async () => {
  const id = await deliverTo(await aReceiver({ failures: 1, failStatus: 503 }));
  expect(await eventually(() => make.firstAttempt(id))).toMatchObject({ statusCode: 503 });
  await eventually(async () => (await make.liveJobs(id)).length === 1);
  await make.hurry(id);
  worker.pump.wake();
  await eventually(async () => (await make.theDelivery(id)).status === "delivered");
});

test("it closes the connection, or sends more than anybody reads, when it is told to", async () => {
  expect(await answerOf(await aReceiver({ closes: true }))).toMatchObject({ outcome: "reset", statusCode: null });
  const huge = await answerOf(await aReceiver({ hugeBody: true }));
  expect(huge).toMatchObject({ outcome: "success", responseCut: true });
});

test("its endpoint may be changed like any other but for its URL, which no other endpoint can have", async () => {
  const { workspaceId, id } = await aReceiver();
  const edited = (values: object) => fromForm(endpointEdit.parse({ endpoint: formatId("ep", id), ...values }));
  const own = edited({ url: receiverUrl(id), maxInFlight: "2" });
  expect(await updateEndpoint(workspaceId, id, own, SYSTEM)).toEqual({ result: "updated" });
  expect(await findEndpoint(workspaceId, id)).toMatchObject({ maxInFlight: 2, url: receiverUrl(id) });
  const elsewhere = { url: "https://api.acme.test/hooks" };
  expect(await updateEndpoint(workspaceId, id, elsewhere, SYSTEM)).toEqual({ result: "built_in" });
  const other = await make.aSignedEndpoint(workspaceId, elsewhere);
  const taken = await updateEndpoint(workspaceId, other, { url: receiverUrl(id) }, SYSTEM);
  expect(taken).toMatchObject({ result: "refused", field: "url" });
  expect(
    endpointEdit.safeParse({ endpoint: formatId("ep", id), url: "http://receiver.posthorn.internal/x" }).success,
  ).toBe(false);
});

test("410 disables it, and the next demo enables it again", async () => {
  const receiver = await aReceiver({ status: 410 });
  await deliverTo(receiver);
  const status = async () => (await findReceiver(receiver.workspaceId))?.status;
  await eventually(async () => (await status()) === "disabled");
  expect(await sendDemo(receiver.workspaceId, "ok", SYSTEM)).toEqual({ result: "sent" });
  expect(await status()).toBe("active");
  expect((await findReceiver(receiver.workspaceId))?.id).toBe(receiver.id);
});

test("demo events go to the receiver alone, as tests unless somebody wants them to count", async () => {
  const { workspaceId, id } = await aReceiver();
  await make.aSignedEndpoint(workspaceId, { url: "https://api.acme.test/hooks" });
  await sendDemoEvents(workspaceId, SYSTEM, { count: 3 });
  await sendDemoEvents(workspaceId, SYSTEM, { count: 2, real: true });
  const rows = await db().select().from(delivery).where(eq(delivery.workspaceId, workspaceId));
  expect(rows.map(({ endpointId }) => endpointId)).toEqual([id, id, id, id, id]);
  expect(rows.filter(({ test }) => test)).toHaveLength(3);
});

test("a real event reaches it when it subscribes, like any endpoint", async () => {
  const { workspaceId } = await aReceiver();
  await aType(workspaceId, "demo.hello");
  const sent = await accept({ workspaceId, type: "demo.hello", data: Buffer.from("{}") });
  expect(sent).toMatchObject({ deliveryIds: [expect.any(String)] });
});

test("how it answers is on record, with who changed it", async () => {
  const { workspaceId } = await aReceiver({ status: 503 });
  const entries = await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId));
  expect(entries.map(({ action }) => action)).toEqual(["endpoint.created", "receiver.answer_changed"]);
});

test("it listens on loopback alone, refuses what is not signed, and knows no endpoint but the product's own", async () => {
  expect((server.address() as AddressInfo).address).toBe("127.0.0.1");
  const { id, workspaceId } = await aReceiver();
  const post = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body: "{}" });
  const unsigned = await post(`/${formatId("ep", id)}`);
  expect([unsigned.status, await unsigned.json()]).toEqual([401, { verified: false }]);
  const others = await make.aSignedEndpoint(workspaceId, { url: "https://api.acme.test/hooks" });
  for (const path of [`/${formatId("ep", others)}`, `/${formatId("ep", newId())}`, "/ok", "/"]) {
    expect((await post(path)).status).toBe(404);
  }
});

test("what an endpoint keeps secret in its headers is masked among the calls", async () => {
  const { id, workspaceId } = await aReceiver();
  await fetch(`http://127.0.0.1:${port}/${formatId("ep", id)}`, { method: "POST", headers: { "x-api-key": "sesame" } });
  const [call] = await eventually(async () => {
    const calls = await listReceivedCalls(workspaceId, id);
    return calls.length > 0 && calls;
  });
  expect(call?.headers).toContainEqual(["x-api-key", "••••••"]);
});

test("a body beyond its limit is refused", async () => {
  const response = await fetch(`http://127.0.0.1:${port}/x`, { method: "POST", body: Buffer.alloc(3_000_000) });
  expect(response.status).toBe(413);
});

test(`the newest ${MOST_CALLS_KEPT} calls of an endpoint are kept, and the beginnings of large bodies`, async () => {
  const { id, workspaceId } = await aReceiver();
  const recorder = new CallRecorder();
  const call = { workspaceId, endpointId: id, method: "POST", path: "/", headers: [], verified: true, statusCode: 200 };
  const kept = () => db().$count(receivedCall, eq(receivedCall.endpointId, id));
  const rows = Array.from({ length: MOST_CALLS_KEPT }, () => ({
    ...call,
    id: newId(),
    body: Buffer.alloc(1),
    bodyBytes: 1,
  }));
  await db().insert(receivedCall).values(rows);
  recorder.note({ ...call, body: Buffer.alloc(100_000) });
  await eventually(async () => (await listReceivedCalls(workspaceId, id))[0]?.bodyBytes === 100_000);
  await eventually(async () => (await kept()) === MOST_CALLS_KEPT);
});
