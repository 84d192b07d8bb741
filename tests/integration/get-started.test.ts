import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { endpoint, eventType } from "../../drizzle/schema/configuration.ts";
import { workspace } from "../../drizzle/schema/people.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { createEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { dismissGetStarted, makeFirstKey } from "../../lib/get-started/commands.ts";
import { sendDemo, sendDemoEvents } from "../../lib/get-started/demo.ts";
import { findDemoDelivery } from "../../lib/get-started/demo-delivery.ts";
import { findIngestKey, findOwnEventType, readProgress } from "../../lib/get-started/progress.ts";
import { accept } from "../../lib/ingest/accept.ts";
import { findReceiver } from "../../lib/receiver/queries.ts";
import { testDatabase } from "../support/database.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ HOST: "127.0.0.1" });

test("a demo makes what it needs once, goes to the built-in receiver alone and counts as a test", async () => {
  const workspaceId = await aWorkspace();
  const own = endpointInput.parse({ url: "https://api.acme.test/hooks" });
  await createEndpoint(workspaceId, own, SYSTEM);
  expect(await sendDemo(workspaceId, "ok", SYSTEM)).toEqual({ result: "sent" });
  expect(await sendDemo(workspaceId, "ok", SYSTEM)).toEqual({ result: "sent" });

  const builtIn = and(eq(endpoint.workspaceId, workspaceId), eq(endpoint.builtIn, true));
  expect(await db().$count(endpoint, builtIn)).toBe(1);
  expect(await db().$count(eventType, eq(eventType.workspaceId, workspaceId))).toBe(1);
  expect(await db().$count(event, and(eq(event.workspaceId, workspaceId), eq(event.test, true)))).toBe(2);
  expect(await db().$count(delivery, eq(delivery.workspaceId, workspaceId))).toBe(2);
  expect(await findDemoDelivery(workspaceId)).toMatchObject({
    eventType: "demo.hello",
    status: "queued",
    endpoint: { builtIn: true },
    verification: null,
  });
});

test("each way of answering is a setting of the one receiver, and strangers see no demo", async () => {
  const workspaceId = await aWorkspace();
  await sendDemo(workspaceId, "ok", SYSTEM);
  await sendDemo(workspaceId, "fail-then-ok", SYSTEM);
  expect(await findReceiver(workspaceId)).toMatchObject({ answer: { status: 200, failures: 1 } });
  expect(await db().$count(endpoint, eq(endpoint.workspaceId, workspaceId))).toBe(1);
  expect(await findDemoDelivery(await aWorkspace())).toBeNull();
});

test("demos that count in figures are still no event of one's own", async () => {
  const workspaceId = await aWorkspace();
  await sendDemoEvents(workspaceId, SYSTEM, { count: 2, real: true });
  expect(await readProgress(workspaceId)).toMatchObject({ event: null, delivery: null, done: 0 });
});

test("progress is read from what a workspace did on its own; demos are none of it", async () => {
  const workspaceId = await aWorkspace();
  await sendDemo(workspaceId, "ok", SYSTEM);
  expect(await readProgress(workspaceId)).toMatchObject({ endpoint: null, event: null, delivery: null, done: 0 });

  await createEndpoint(workspaceId, endpointInput.parse({ url: "https://api.acme.test/hooks" }), SYSTEM);
  await makeFirstKey(workspaceId, SYSTEM);
  await accept({ workspaceId, type: "order.created", data: Buffer.from("{}") });
  const progress = await readProgress(workspaceId);
  expect(progress).toMatchObject({
    endpoint: { url: "https://api.acme.test/hooks" },
    event: { type: "order.created" },
  });
  expect(progress.done).toBe(2);
  await db().update(delivery).set({ attempts: 1, status: "delivered" }).where(eq(delivery.workspaceId, workspaceId));
  expect((await readProgress(workspaceId)).done).toBe(3);
});

test("what was seen to arrive stays arrived while newer deliveries wait for an endpoint that is down", async () => {
  const workspaceId = await aWorkspace();
  await createEndpoint(workspaceId, endpointInput.parse({ url: "https://api.acme.test/hooks" }), SYSTEM);
  await makeFirstKey(workspaceId, SYSTEM);
  await accept({ workspaceId, type: "order.created", data: Buffer.from("{}") });
  await db().update(delivery).set({ attempts: 1, status: "delivered" }).where(eq(delivery.workspaceId, workspaceId));
  await accept({ workspaceId, type: "order.created", data: Buffer.from("{}") });
  expect(await readProgress(workspaceId)).toMatchObject({ delivery: { status: "delivered" }, done: 3 });
});

test("the first key comes with an event type to post, and leaves the workspace's own types alone", async () => {
  const workspaceId = await aWorkspace();
  const { secret } = await makeFirstKey(workspaceId, SYSTEM);
  expect(await findIngestKey(workspaceId)).toMatchObject({ lastFour: secret.slice(-4) });
  expect(await findOwnEventType(workspaceId)).toMatchObject({ name: "order.created" });
  await makeFirstKey(workspaceId, SYSTEM);
  expect(await db().$count(eventType, eq(eventType.workspaceId, workspaceId))).toBe(1);
});

test("dismissing is remembered, from the first click", async () => {
  const workspaceId = await aWorkspace();
  const dismissed = async () => {
    await dismissGetStarted(workspaceId, SYSTEM);
    const [row] = await db().select().from(workspace).where(eq(workspace.id, workspaceId));
    return row?.getStartedDismissedAt;
  };
  const first = await dismissed();
  expect(first).toBeInstanceOf(Date);
  expect(await dismissed()).toEqual(first);
});
