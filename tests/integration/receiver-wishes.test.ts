import http from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db, hotSql } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

// What a receiver may ask for beside its status: `webhook-delivery` of Standard Webhooks, over real HTTP.

await testDatabase();
let workspaceId = "";
let url = "";
let worker: make.TestWorker;
/** `/500/abort-message` answers 500 with that header. */
const server = http.createServer((request, response) => {
  const [, status, wish] = (request.url ?? "").split("/");
  request.resume();
  response.writeHead(Number(status), { "Webhook-Delivery": wish ?? "" }).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  workspaceId = await aWorkspace();
  worker = make.aWorker();
});
afterEach(async () => {
  await worker.stop(0);
  await hotSql()`delete from pgboss.job`;
});
afterAll(() => void server.close());

async function afterAnswer(path: string) {
  const endpointId = await make.aSignedEndpoint(workspaceId, { url: `${url}${path}` });
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  const delivery = await eventually(async () => {
    const row = await make.theDelivery(id);
    return row.attempts > 0 && row;
  });
  const [row] = await db().select().from(endpoint).where(eq(endpoint.id, endpointId));
  return { delivery, endpoint: row };
}

test("webhook-delivery: disable fails the delivery and disables the endpoint, on record with the reason", async () => {
  const { delivery, endpoint: disabled } = await afterAnswer("/500/disable");
  expect(delivery).toMatchObject({ status: "failed", reason: expect.stringContaining("webhook-delivery: disable") });
  expect(disabled).toMatchObject({
    status: "disabled",
    statusActor: "system",
    statusReason: expect.stringContaining("webhook-delivery: disable"),
  });
  expect(await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId))).toMatchObject([
    { action: "endpoint.disabled", actor: "system" },
  ]);
});

test("a receiver that takes an event and asks for no more gets no more", async () => {
  const { delivery, endpoint: disabled } = await afterAnswer("/200/disable");
  expect(delivery).toMatchObject({ status: "delivered" });
  expect(disabled).toMatchObject({ status: "disabled" });
});

test("webhook-delivery: abort-message ends this delivery's retries, and leaves the endpoint as it is", async () => {
  const { delivery, endpoint: active } = await afterAnswer("/500/abort-message");
  expect(delivery).toMatchObject({
    status: "failed",
    attempts: 1,
    reason: expect.stringContaining("webhook-delivery: abort-message"),
  });
  expect(await make.liveJobs(delivery.id)).toEqual([]);
  expect(active).toMatchObject({ status: "active" });
});

test("any other value is ignored", async () => {
  const { delivery, endpoint: active } = await afterAnswer("/500/later");
  expect(delivery).toMatchObject({ status: "retrying" });
  expect(active).toMatchObject({ status: "active" });
});
