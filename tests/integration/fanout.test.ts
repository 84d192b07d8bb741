import { expect, test } from "vitest";
import { dedupeKey } from "../../drizzle/schema/traffic.ts";
import { db } from "../../lib/db.ts";
import { findEvent } from "../../lib/reports/events.ts";
import { failedClause, listFanout } from "../../lib/reports/fanout.ts";
import { duplicatesUntil } from "../../lib/reports/idempotency.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, anEndpoint, anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

/** A moment of its own for each test, after its endpoints were made. */
let moments = Date.now() + 60_000;
const nextMoment = () => {
  moments += 10_000;
  return moments;
};

async function fanoutOf(workspaceId: string, eventId: string) {
  const event = await findEvent(workspaceId, eventId);
  if (!event) throw new Error("no event");
  return listFanout(workspaceId, event, event.deliveries);
}

test("every endpoint stands once: with its latest delivery, or with the reason why none was sent", async () => {
  const at = nextMoment();
  const workspaceId = await aWorkspace();
  const url = "https://a.example/x";
  const [sent, filtered, unsubscribed, theirs] = [
    await anEndpoint(workspaceId, { url, description: "Sent" }),
    await anEndpoint(workspaceId, { url, description: "Filtered" }),
    await anEndpoint(workspaceId, { url, description: "Unsubscribed", subscriptions: ["invoice.*"] }),
    await anEndpoint(workspaceId, { url, description: "Theirs", customer: "globex" }),
  ];
  await anEndpoint(await aWorkspace(), { url, description: "A stranger's" });
  const eventId = await anEvent(workspaceId, {
    id: idAt(at),
    type: "order.created",
    customer: "acme",
    payload: Buffer.from('{"total": 50}'),
  });
  const late = idAt(at + 1_000);
  await anEndpoint(workspaceId, { id: late, url, description: "Late" });
  const of = { eventId, eventType: "order.created" };
  const first = await aDelivery(workspaceId, { ...of, id: idAt(at, 1), endpointId: sent, status: "failed" });
  const again = await aDelivery(workspaceId, {
    ...of,
    id: idAt(at, 2),
    endpointId: sent,
    status: "delivered",
    replayOf: first,
  });
  const reason = 'Filtered out: total does not match {"$gte":100}';
  await aDelivery(workspaceId, { ...of, id: idAt(at, 3), endpointId: filtered, status: "discarded", reason });

  const { reached, others } = await fanoutOf(workspaceId, eventId);
  expect(reached.map(({ endpoint, deliveries }) => [endpoint.id, deliveries.map(({ id }) => id)])).toEqual([
    [sent, [again, first]],
  ]);
  expect(others.map((row) => [row.endpoint.id, row.clause ?? row.reason])).toEqual([
    [filtered, { path: "total", condition: '{"$gte":100}', actual: "50" }],
    [unsubscribed, "It is not subscribed to order.created; it wants invoice.*"],
    [theirs, "It wants the events of customer globex only; this one has acme"],
    [late, "It was created after this event"],
  ]);
});

test("once a filtered event was replayed to its endpoint, that delivery counts", async () => {
  const at = nextMoment();
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId, { url: "https://a.example/x" });
  const eventId = await anEvent(workspaceId, { id: idAt(at) });
  const reason = "Filtered out: $or [{},{}] does not hold";
  await aDelivery(workspaceId, { id: idAt(at, 1), eventId, endpointId, status: "discarded", reason });
  expect((await fanoutOf(workspaceId, eventId)).others).toMatchObject([{ reason, clause: null }]);
  await aDelivery(workspaceId, { id: idAt(at, 2), eventId, endpointId, status: "queued" });
  expect((await fanoutOf(workspaceId, eventId)).others).toEqual([]);
});

test("the webhook URL of a chat, which is a password, stays masked", async () => {
  const at = nextMoment();
  const workspaceId = await aWorkspace();
  const url = "https://hooks.slack.com/services/T000/B000/secret";
  await anEndpoint(workspaceId, { url, format: "slack", subscriptions: ["invoice.*"] });
  const eventId = await anEvent(workspaceId, { id: idAt(at) });
  const { others } = await fanoutOf(workspaceId, eventId);
  expect(JSON.stringify(others)).not.toContain("secret");
});

test.each([
  ["a.b", { a: { b: "x" } }, '"x"'],
  ["a.b", { a: [{ b: 1 }, { b: 2 }, {}] }, "1, 2"],
  ["a.1", { a: [1, 2] }, "2"],
  ["a.b", { a: 3 }, "missing"],
  ["constructor", {}, "missing"],
  ["a", { a: "x".repeat(200) }, `"${"x".repeat(119)}…`],
])("what an event has at %s is shown beside the condition", (path, data, actual) => {
  const event = { payload: Buffer.from(JSON.stringify(data)), contentType: "application/json" };
  expect(failedClause(`Filtered out: ${path} does not match 7`, event)).toEqual({ path, condition: "7", actual });
});

test("a key is held for the event it stands for, until its time is over", async () => {
  const workspaceId = await aWorkspace();
  const id = await anEvent(workspaceId, { idempotencyKey: "k" });
  const event = { id, idempotencyKey: "k" };
  expect(await duplicatesUntil(workspaceId, event)).toBeNull();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db()
    .insert(dedupeKey)
    .values({ scope: workspaceId, key: "k", fingerprint: Buffer.from("f"), eventId: id, expiresAt });
  expect(await duplicatesUntil(workspaceId, event)).toEqual(expiresAt);
  expect(await duplicatesUntil(await aWorkspace(), event)).toBeNull();
  expect(await duplicatesUntil(workspaceId, { id: idAt(0), idempotencyKey: "k" })).toBeNull();
  await db()
    .update(dedupeKey)
    .set({ expiresAt: new Date(Date.now() - 1) });
  expect(await duplicatesUntil(workspaceId, event)).toBeNull();
});
