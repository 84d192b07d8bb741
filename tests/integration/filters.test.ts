import { hash } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../../lib/db.ts";
import { sendTest } from "../../lib/endpoints/send-test.ts";
import { storedFilter } from "../../lib/filters/filter.ts";
import { judgeOf } from "../../lib/filters/judge-event.ts";
import { formatId, parseId } from "../../lib/ids.ts";
import { replayEvent } from "../../lib/replay/replay.ts";
import { retryDelivery } from "../../lib/replay/retry.ts";
import { anApiClient } from "../support/api.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { liveJobs } from "../support/deliveries.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();
const ada = { id: "usr_ada", name: "Ada" };
const LARGE_ORDERS = '{"amount": {"$gte": 100}}';
let workspaceId = "";
let secret = "";

beforeEach(async () => {
  workspaceId = await aWorkspace();
  secret = (await aKey(workspaceId)).secret;
  await aType(workspaceId, "order.created");
});

/** Posts an order and answers with what the caller was told, and the deliveries by endpoint. */
async function anOrder(data: unknown) {
  const { status, body } = await post(door, secret, { type: "order.created", data });
  expect(status).toBe(202);
  const eventId = parseId("evt", String(body.id)) ?? "";
  return { eventId, told: body.deliveries, byEndpoint: await deliveriesOf(eventId) };
}

async function deliveriesOf(eventId: string) {
  const rows = await db().select().from(delivery).where(eq(delivery.eventId, eventId)).orderBy(delivery.id);
  return new Map(rows.map((row) => [row.endpointId, row]));
}

test("an event that the filter does not want is on record as discarded, has no job, and is not counted as sent", async () => {
  const all = await anEndpoint(workspaceId);
  const large = await anEndpoint(workspaceId, { filter: LARGE_ORDERS });

  const small = await anOrder({ amount: 99 });
  expect(small.told).toBe(1);
  expect(small.byEndpoint.get(all)).toMatchObject({ status: "queued" });
  const out = small.byEndpoint.get(large);
  expect(out).toMatchObject({
    status: "discarded",
    reason: 'Filtered out: amount does not match {"$gte":100}',
    trouble: false,
    parked: false,
    attempts: 0,
    finishedAt: expect.any(Date),
  });
  // An event's page looks for deliveries from the event's own id on.
  expect([...small.byEndpoint.values()].every(({ id }) => id > small.eventId)).toBe(true);
  expect(await liveJobs(out?.id ?? "")).toEqual([]);

  const wanted = await anOrder({ amount: 100 });
  expect(wanted.told).toBe(2);
  expect(wanted.byEndpoint.get(large)).toMatchObject({ status: "queued", reason: null });
  expect(await liveJobs(wanted.byEndpoint.get(large)?.id ?? "")).toHaveLength(1);
});

test("a change of the filter counts from the very next event", async () => {
  const api = await anApiClient(workspaceId);
  const made = await api("POST", "/endpoints", { url: "https://api.acme.test/", filter: { amount: { $gte: 100 } } });
  expect(made.body.filter).toEqual({ amount: { $gte: 100 } });
  expect((await anOrder({ amount: 50 })).told).toBe(0);

  await api("PATCH", `/endpoints/${made.body.id}`, { filter: { amount: { $gte: 50 } } });
  expect((await anOrder({ amount: 50 })).told).toBe(1);

  const without = await api("PATCH", `/endpoints/${made.body.id}`, { filter: null });
  expect(without.body.filter).toBeNull();
  expect((await anOrder({})).told).toBe(1);
});

test("a batch asks each event by itself", async () => {
  await anEndpoint(workspaceId, { filter: LARGE_ORDERS });
  const events = [1, 100, 2, 200].map((amount) => ({ type: "order.created", data: { amount } }));
  const { body } = await post(door, secret, events, { path: "/api/v1/events/batch" });
  expect((body.data as { deliveries: number }[]).map(({ deliveries }) => deliveries)).toEqual([0, 1, 0, 1]);
});

test("a held event of a paused endpoint went through the filter first", async () => {
  const paused = await anEndpoint(workspaceId, { filter: LARGE_ORDERS, status: "paused" });
  expect((await anOrder({ amount: 1 })).byEndpoint.get(paused)).toMatchObject({ status: "discarded" });
  expect((await anOrder({ amount: 100 })).byEndpoint.get(paused)).toMatchObject({ status: "held" });
});

test("what a filter cannot be asked about stands out as trouble", async () => {
  const heavy = JSON.stringify({ list: { $in: Array.from({ length: 150 }, (_, n) => -n - 1) } });
  const endpointId = await anEndpoint(workspaceId, { filter: heavy });
  const { told, byEndpoint } = await anOrder({ list: Array.from({ length: 100_000 }, () => 1) });
  expect(told).toBe(0);
  expect(byEndpoint.get(endpointId)).toMatchObject({
    status: "discarded",
    trouble: true,
    reason: expect.stringContaining("could not be asked"),
  });
});

test("a replay to all asks the filters as they are today; a replay to one endpoint and a test send do not", async () => {
  const all = await anEndpoint(workspaceId);
  const large = await anEndpoint(workspaceId, { filter: LARGE_ORDERS });
  const { eventId } = await anOrder({ amount: 1 });

  const toAll = await replayEvent(workspaceId, eventId, ada);
  expect(toAll).toMatchObject({ result: "replayed", deliveryIds: [expect.any(String)] });
  expect((await deliveriesOf(eventId)).get(all)).toMatchObject({ status: "queued", replayOf: expect.any(String) });

  const toOne = await replayEvent(workspaceId, eventId, ada, large);
  expect(toOne).toMatchObject({ result: "replayed" });
  expect((await deliveriesOf(eventId)).get(large)).toMatchObject({ status: "queued", replayOf: expect.any(String) });

  expect(await sendTest(workspaceId, "order.created", [large])).toMatchObject({ result: "sent" });
});

test("a person can send what was filtered out after all", async () => {
  const large = await anEndpoint(workspaceId, { filter: LARGE_ORDERS });
  const out = (await anOrder({ amount: 1 })).byEndpoint.get(large);
  expect(await retryDelivery(workspaceId, out?.id ?? "", ada)).toBe("queued");
  expect(await liveJobs(out?.id ?? "")).toHaveLength(1);
});

test("a list of discarded deliveries shows what was filtered out", async () => {
  const api = await anApiClient(workspaceId);
  await anEndpoint(workspaceId, { filter: LARGE_ORDERS });
  await anOrder({ amount: 1 });
  expect((await api("GET", "/deliveries?status=discarded")).body.data).toMatchObject([{ status: "discarded" }]);
  expect((await api("GET", "/deliveries?status=failed")).body.data).toEqual([]);
});

test("the API shows why a delivery was filtered out", async () => {
  const api = await anApiClient(workspaceId);
  await anEndpoint(workspaceId, { filter: LARGE_ORDERS });
  const { eventId } = await anOrder({ amount: 1 });
  const { body } = await api("GET", `/events/${formatId("evt", eventId)}`);
  expect(body.deliveries).toMatchObject([
    { status: "discarded", reason: expect.stringMatching(/^Filtered out: amount/) },
  ]);
});

/** Letters in no order are the most work for this pattern. */
const HARD = '{"a": {"$regex": "a[ab]{60}$"}}';
function hardEvents(count: number) {
  const hashes = (n: number) => Array.from({ length: 60 }, (_, m) => hash("sha512", `${n} ${m}`)).join("");
  const letters = (n: number) => hashes(n).replace(/[0-7]/g, "a").replace(/[^a]/g, "b");
  return Array.from({ length: count }, (_, n) => ({ type: "order.created", data: { a: letters(n) } }));
}

test("a batch that a filter takes long over does not keep the process from hearing others", async () => {
  await anEndpoint(workspaceId, { filter: HARD });
  const events = hardEvents(8);
  let longest = 0;
  let last = performance.now();
  const pulse = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  expect((await post(door, secret, events, { path: "/api/v1/events/batch" })).status).toBe(202);
  clearInterval(pulse);
  expect(longest).toBeLessThan(500);
});

test("a batch that filters take far too long over is refused as a whole, with what to do", async () => {
  for (let n = 0; n < 6; n++) await anEndpoint(workspaceId, { filter: HARD });
  const path = "/api/v1/events/batch?partial=true";
  const { status, body } = await post(door, secret, hardEvents(100), { path });
  expect([status, body.code]).toEqual([503, "overloaded"]);
  expect(body.detail).toContain("post fewer at once");
  expect(await db().select().from(delivery).where(eq(delivery.workspaceId, workspaceId))).toEqual([]);
  expect((await post(door, secret, hardEvents(2), { path })).status).toBe(202);
});

test("many slow filters on one event say after a while that they could not be asked", () => {
  const [event] = hardEvents(1);
  const judge = judgeOf({ data: Buffer.from(JSON.stringify(event?.data)) });
  const verdicts = Array.from({ length: 400 }, () => judge(storedFilter(HARD)));
  expect(verdicts[0]).toMatchObject({ unclear: false });
  expect(verdicts.at(-1)).toMatchObject({ unclear: true, reason: expect.stringContaining("took too long") });
});
