import { expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();
const workspaceId = await aWorkspace();
await aType(workspaceId, "a");
await anEndpoint(workspaceId);
const { secret } = await aKey(workspaceId);
const BATCH = { path: "/api/v1/events/batch" };

async function count(table: "event" | "delivery", key: string) {
  const rows =
    table === "event"
      ? await hotSql()`select from event where idempotency_key = ${key}`
      : await hotSql()`select from delivery d join event e on e.id = d.event_id where e.idempotency_key = ${key}`;
  return rows.length;
}

test("50 parallel posts with one key make one event with one delivery", async () => {
  const event = { type: "a", data: { n: 1 }, id: "order-1" };
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(door, secret, event)));

  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(answers.filter(({ status, body }) => status === 200 && body.duplicate)).toHaveLength(49);
  expect([await count("event", "order-1"), await count("delivery", "order-1")]).toEqual([1, 1]);
});

test("batches at once that claim the same keys in another order end in one event each", async () => {
  const keys = Array.from({ length: 30 }, (_, n) => `shared-${n}`);
  const event = (id: string) => ({ type: "a", data: id, id });
  const rounds = [keys, [...keys].reverse(), [...keys.slice(15), ...keys.slice(0, 15)]];
  const answers = await Promise.all(rounds.map((order) => post(door, secret, order.map(event), BATCH)));

  expect(answers.every(({ status }) => status === 202 || status === 200)).toBe(true);
  expect(answers.reduce((sum, { body }) => sum + Number(body.accepted), 0)).toBe(30);
  expect(await count("event", "shared-7")).toBe(1);
});

test("the same key with another body is refused, whatever differs", async () => {
  const event = { type: "a", data: { n: 1 }, id: "order-2", customer: "acme", tags: { x: "1", y: "2" } };
  const { body: first } = await post(door, secret, event);
  const same = await post(door, secret, { ...event, tags: { y: "2", x: "1" } });
  expect(same).toMatchObject({ status: 200, body: { id: first.id, duplicate: true } });

  for (const change of [
    { data: { n: 2 } },
    { customer: "other" },
    { tags: {} },
    { timestamp: "2026-01-01T00:00:00Z" },
  ]) {
    const answer = await post(door, secret, { ...event, ...change });
    expect(answer).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
  }
});

test("header and id are the same thing; both are taken only when they are equal", async () => {
  const event = { type: "a", data: 1 };
  const withHeader = await post(door, secret, event, { headers: { "idempotency-key": '"order-3"' } });
  expect(await post(door, secret, { ...event, id: "order-3" })).toMatchObject({
    body: { id: withHeader.body.id, duplicate: true },
  });
  const headers = { "idempotency-key": "order-4" };
  expect((await post(door, secret, { ...event, id: "order-4" }, { headers })).status).toBe(202);
  expect(await post(door, secret, { ...event, id: "order-5" }, { headers })).toMatchObject({
    status: 400,
    body: { code: "idempotency_key_conflict" },
  });
});

test("a key is forgotten after 24 hours, and belongs to one workspace", async () => {
  const event = { type: "a", data: 1, id: "order-6" };
  const first = await post(door, secret, event);
  const [row] =
    await hotSql()`select expires_at - now() > interval '23 h 59 min' as day from dedupe_key where key = 'order-6'`;
  expect(row?.day).toBe(true);
  await hotSql()`update dedupe_key set expires_at = now() where key = 'order-6'`;
  const again = await post(door, secret, { ...event, data: 2 });
  expect(again).toMatchObject({ status: 202, body: { duplicate: false } });
  expect(again.body.id).not.toBe(first.body.id);

  const stranger = await aWorkspace();
  await aType(stranger, "a");
  const key = await aKey(stranger);
  expect((await post(door, key.secret, event)).status).toBe(202);
});

test("a call that was refused leaves its key free", async () => {
  const id = "order-7";
  expect((await post(door, secret, { type: "unknown", data: 1, id })).status).toBe(422);
  expect((await post(door, secret, { type: "a", data: 1, id })).status).toBe(202);
});

test("a batch of which one event is refused stores nothing and leaves its keys free", async () => {
  await post(door, secret, { type: "a", data: 1, id: "taken" });
  const batch = [
    { type: "a", data: 1, id: "free" },
    { type: "a", data: "other", id: "taken" },
  ];
  const refused = await post(door, secret, batch, BATCH);
  expect(refused).toMatchObject({
    status: 422,
    body: { code: "batch_refused", data: [{ code: "batch_refused" }, { status: 422, code: "idempotency_key_reused" }] },
  });
  expect(await count("event", "free")).toBe(0);
  const partial = await post(door, secret, batch, { path: `${BATCH.path}?partial=true` });
  expect(partial).toMatchObject({
    status: 207,
    body: { accepted: 1, refused: 1, data: [{ status: 202 }, { status: 422 }] },
  });
});

test("the same key twice in one batch is one event", async () => {
  const event = { type: "a", data: 1, id: "twin" };
  const answer = await post(door, secret, [event, event], BATCH);
  expect(answer).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 1 } });
  const [one, two] = answer.body.data as { id: string }[];
  expect(one?.id).toBe(two?.id);
});
