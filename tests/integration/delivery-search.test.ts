import { expect, test } from "vitest";
import { dedupeKey } from "../../drizzle/schema/traffic.ts";
import { db, hotSql } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { listDeliveries } from "../../lib/reports/deliveries.ts";
import type { DeliveryFilter } from "../../lib/reports/delivery-filter.ts";
import { suggestDeliveries } from "../../lib/reports/suggest-deliveries.ts";
import { readBody } from "../../lib/search/body-condition.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aFailedDelivery, anEndpoint, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();

async function found(workspaceId: string, filter: DeliveryFilter) {
  return (await listDeliveries(workspaceId, filter)).rows.map((row) => row.id);
}

/** A delivery of an event with this payload. */
async function withPayload(workspaceId: string, endpointId: string, payload: string | Buffer) {
  const eventId = await anEvent(workspaceId, { payload: Buffer.from(payload) });
  return aDelivery(workspaceId, { endpointId, eventId });
}

const body = (...conditions: string[]) => ({ body: conditions.map((condition) => readBody(condition)!) });

test("codes are found one by one and by class, attempts by number", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const ok = await aDelivery(workspaceId, { endpointId, status: "delivered", lastStatusCode: 200, attempts: 1 });
  const gone = await aFailedDelivery(workspaceId, { endpointId, lastStatusCode: 410, attempts: 2 });
  const down = await aFailedDelivery(workspaceId, { endpointId, lastStatusCode: 599, attempts: 10 });
  await aDelivery(workspaceId, { endpointId });

  expect(await found(workspaceId, { code: { least: 500, most: 599 } })).toEqual([down]);
  expect(await found(workspaceId, { code: { least: 410, most: 410 } })).toEqual([gone]);
  expect(await found(workspaceId, { attempts: { least: 2, most: null } })).toEqual([down, gone]);
  expect(await found(workspaceId, { attempts: { least: 1, most: 2 } })).toEqual([gone, ok]);
});

test("a type with a star stands for all below it, and for nothing beside it", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const paid = await aDelivery(workspaceId, { endpointId, eventType: "order.item.paid" });
  await aDelivery(workspaceId, { endpointId, eventType: "orders.paid" });
  await aDelivery(workspaceId, { endpointId, eventType: "order" });

  expect(await found(workspaceId, { eventType: "order.*" })).toEqual([paid]);
});

test("text finds types, endpoints, customers and recent idempotency keys, in its own workspace", async () => {
  const [workspaceId, stranger] = [await aWorkspace(), await aWorkspace()];
  const acme = await anEndpoint(workspaceId, {
    url: "https://api.acme.test/hooks",
    description: "Billing 100 % of it",
  });
  const other = await anEndpoint(workspaceId, { url: "https://globex.test/in" });
  const foreign = await anEndpoint(stranger, { url: "https://api.acme.test/hooks" });
  const first = await aDelivery(workspaceId, { endpointId: acme, customer: "cus-7" });
  const eventId = newId();
  const second = await aDelivery(workspaceId, { endpointId: other, eventId, eventType: "invoice.paid" });
  await aDelivery(stranger, { endpointId: foreign, customer: "cus-7", eventType: "invoice.paid" });
  const expiresAt = new Date(Date.now() + 60_000);
  await db()
    .insert(dedupeKey)
    .values({ scope: workspaceId, key: "order-981", fingerprint: Buffer.alloc(32), eventId, expiresAt });

  expect(await found(workspaceId, { text: "ACME" })).toEqual([first]);
  expect(await found(workspaceId, { text: "100 %" })).toEqual([first]);
  expect(await found(workspaceId, { text: "voice.p" })).toEqual([second]);
  expect(await found(workspaceId, { text: "cus-7" })).toEqual([first]);
  expect(await found(workspaceId, { text: "cus" })).toEqual([]);
  expect(await found(workspaceId, { text: "order-981" })).toEqual([second]);
  expect(await found(workspaceId, { text: "_" })).toEqual([]);
  expect(await found(workspaceId, { endpointText: "globex" })).toEqual([second]);
});

test("the address of a chat, which is its password, is not found by its letters", async () => {
  const workspaceId = await aWorkspace();
  const url = "https://hooks.slack.com/services/T0/B0/secret";
  await aDelivery(workspaceId, { endpointId: await anEndpoint(workspaceId, { url, format: "slack" }) });

  expect(await found(workspaceId, { text: "secret" })).toEqual([]);
  expect(await found(workspaceId, { endpointText: "secret" })).toEqual([]);
});

test("values in payloads are found at their path, in lists, as text and as numbers", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const number = await withPayload(workspaceId, endpointId, '{"order":{"id":12345678901234567890,"open":true}}');
  const text = await withPayload(workspaceId, endpointId, '{"order":{"id":"12345678901234567890"},"n":{"7":"x"}}');
  const list = await withPayload(workspaceId, endpointId, '{"items":[{"sku":"a"},{"sku":"\\u00fc \\"b\\""}]}');

  expect(await found(workspaceId, body("order.id:12345678901234567890"))).toEqual([text, number]);
  expect(await found(workspaceId, body("order.id:12345678901234567891"))).toEqual([]);
  expect(await found(workspaceId, body("order.open:true", "order.id:12345678901234567890"))).toEqual([number]);
  expect(await found(workspaceId, body('items.sku:ü "b"'))).toEqual([list]);
  expect(await found(workspaceId, body("items.1.sku:a"))).toEqual([]);
  expect(await found(workspaceId, body("items.0.sku:a"))).toEqual([list]);
  expect(await found(workspaceId, body("n.7:x"))).toEqual([text]);
});

test("payloads that are no JSON, or more than JSON in a database can be, hold nothing and stop nothing", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  await withPayload(workspaceId, endpointId, Buffer.from([0xff, 0x00, 0xfe]));
  await withPayload(workspaceId, endpointId, '{"a":"\\u0000","b":"x"}');
  await withPayload(workspaceId, endpointId, "<b>x</b>");
  await withPayload(workspaceId, endpointId, `${"[".repeat(400)}1${"]".repeat(400)}`);
  const good = await withPayload(workspaceId, endpointId, '{"b":"x"}');

  expect(await found(workspaceId, body("b:x"))).toEqual([good]);
  expect(await found(workspaceId, body('b:") || true || ("'))).toEqual([]);
});

test("a search box offers fields for the beginning of a word, and values with their counts", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId, { description: "Acme billing" });
  const [from, to] = [new Date(Date.now() - 3_600_000), null];
  await aFailedDelivery(workspaceId, { endpointId, eventType: "invoice.paid" });
  await aFailedDelivery(workspaceId, { endpointId, lastOutcome: "timeout", lastStatusCode: null });
  await aDelivery(workspaceId, { endpointId, status: "delivered", lastOutcome: "success", lastStatusCode: 200 });
  await aDelivery(await aWorkspace(), { endpointId, status: "delivered" });
  const offer = async (word: string, filter: DeliveryFilter = {}) =>
    (await suggestDeliveries(workspaceId, word, { from, to, ...filter })).map(({ text, count }) => [text, count]);

  expect((await offer("")).slice(0, 2)).toEqual([
    ["status:", undefined],
    ["code:", undefined],
  ]);
  expect(await offer("stat")).toEqual([["status:", undefined]]);
  expect((await offer("status:")).slice(0, 2)).toEqual([
    ["status:failed", 2],
    ["status:delivered", 1],
  ]);
  expect(await offer("status:del", { status: ["failed"] })).toEqual([["status:delivered", 1]]);
  expect((await offer("status:failed,d")).map(([text]) => text)).toEqual([
    "status:failed,delivered",
    "status:failed,discarded",
  ]);
  expect(await offer("code:5")).toEqual([
    ["code:5xx", 1],
    ["code:503", 1],
  ]);
  expect((await offer("error:t"))[0]).toEqual(["error:timeout", 1]);
  expect(await offer("type:inv")).toEqual([["type:invoice.paid", 1]]);
  expect((await offer("attempts:>1"))[0]).toEqual(["attempts:>1", 2]);
  expect((await offer("endpoint:acme"))[0]?.[1]).toBe(3);
  expect((await suggestDeliveries(workspaceId, "acm", { from }))[0]).toMatchObject({ label: "Acme billing" });
  expect(await offer("nothing:at")).toEqual([]);
});

test("paths of payloads are offered from recent events", async () => {
  const workspaceId = await aWorkspace();
  await anEvent(workspaceId, { payload: Buffer.from('{"order":{"id":"981","lines":[{"sku":"a b"}]},"odd key":1}') });
  await anEvent(await aWorkspace(), { payload: Buffer.from('{"other":1}') });

  expect(await suggestDeliveries(workspaceId, "body.", {})).toEqual([
    { text: "body.order.id:", note: "981" },
    { text: "body.order.lines.sku:", note: '"a b"' },
  ]);
  expect(await suggestDeliveries(workspaceId, "body.order.l", {})).toHaveLength(1);
});

test("a search box that would have to wait for paths offers none", async () => {
  const workspaceId = await aWorkspace();
  const begun = performance.now();
  await hotSql().begin(async (tx) => {
    await tx`lock table event in access exclusive mode`;
    expect(await suggestDeliveries(workspaceId, "body.", {})).toEqual([]);
  });
  expect(performance.now() - begun).toBeLessThan(5_000);
});
