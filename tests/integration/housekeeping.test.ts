import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { receivedCall, shareLink, trialCall } from "../../drizzle/schema/console.ts";
import { dedupeKey, deliveryStat, refusedCall } from "../../drizzle/schema/traffic.ts";
import { db, hotSql } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { DAY_MS, dayName } from "../../lib/partitions/days.ts";
import { listPartitions, makePartitionsAhead } from "../../lib/partitions/make-ahead.ts";
import { retire } from "../../lib/partitions/retire.ts";
import { deleteExpired } from "../../lib/worker/expired.ts";
import { foldStats, HOUR_SLOT } from "../../lib/worker/fold-stats.ts";
import { testDatabase } from "../support/database.ts";
import { theDelivery } from "../support/deliveries.ts";
import { aDelivery, anAttempt, anEndpoint, anEvent, aWorkspace, idAt, someStats } from "../support/traffic.ts";

await testDatabase();
const workspaceId = await aWorkspace();
const endpointId = await anEndpoint(workspaceId);
const now = Date.now();
const daysAgo = (days: number) => new Date(now - days * DAY_MS);

for (const days of [60, 45]) await makePartitionsAhead(hotSql(), daysAgo(days));

const daysKept = async (table: string) =>
  (await listPartitions(hotSql())).filter((partition) => partition.table === table).map(({ day }) => day);

async function aDeliveryOf(days: number, status: "delivered" | "retrying" | "held") {
  const at = daysAgo(days);
  const eventId = await anEvent(workspaceId, { id: idAt(at, days) });
  const id = await aDelivery(workspaceId, {
    id: idAt(at, days),
    endpointId,
    eventId,
    status,
    parked: status === "held",
  });
  await anAttempt(id);
  return id;
}

test("days older than the retention are dropped, but none with unfinished work or its events", async () => {
  await aDeliveryOf(58, "delivered");
  const unfinished = await aDeliveryOf(44, "retrying");
  await aDeliveryOf(40, "delivered");

  const dropped = await retire(30);
  const [dayBefore, day] = [dayName(daysAgo(58)), dayName(daysAgo(44))];
  expect(dropped).toEqual(
    expect.arrayContaining([`event_${dayBefore}`, `delivery_${dayBefore}`, `attempt_${dayBefore}`]),
  );
  for (const table of ["event", "delivery", "attempt"]) expect(await daysKept(table)).toContain(day);
  expect(await theDelivery(unfinished)).toMatchObject({ status: "retrying" });

  await hotSql()`update delivery set status = 'delivered' where id = ${unfinished}`;
  await retire(30);
  for (const table of ["event", "delivery", "attempt"]) {
    expect((await daysKept(table)).filter((kept) => kept < dayName(daysAgo(30)))).toEqual([]);
  }
});

test("an event stays while a replay of it, made today, is unfinished", async () => {
  await makePartitionsAhead(hotSql(), daysAgo(50));
  const eventId = await anEvent(workspaceId, { id: idAt(daysAgo(49)) });
  const id = await aDelivery(workspaceId, { endpointId, eventId, status: "queued" });
  await retire(30);
  expect(await daysKept("event")).toContain(dayName(daysAgo(49)));
  expect(await daysKept("delivery")).not.toContain(dayName(daysAgo(49)));
  await hotSql()`update delivery set status = 'delivered' where id = ${id}`;
  await retire(30);
});

test("a retention that was killed half-way is finished by the next", async () => {
  await makePartitionsAhead(hotSql(), daysAgo(70));
  const name = `event_${dayName(daysAgo(70))}`;
  await hotSql().unsafe(`alter table event detach partition ${name}`);
  await retire(30);
  expect(await hotSql()`select 1 from pg_class where relname = ${name}`).toHaveLength(0);
});

test("held deliveries are given up after the retention, with the reason", async () => {
  await makePartitionsAhead(hotSql(), daysAgo(33));
  const old = await aDeliveryOf(33, "held");
  const recent = await aDeliveryOf(2, "held");
  const later = await aDeliveryOf(32, "held");
  await hotSql()`update event set deliver_at = ${daysAgo(3)} where id = ${(await theDelivery(later)).eventId}`;
  await deleteExpired(hotSql(), 30);
  expect(await theDelivery(old)).toMatchObject({
    status: "discarded",
    parked: false,
    reason: expect.stringContaining("30 days"),
  });
  expect(await theDelivery(recent)).toMatchObject({ status: "held" });
  // It was to be delivered three days ago, whenever it was accepted.
  expect(await theDelivery(later)).toMatchObject({ status: "held" });
});

test("expired keys go and others stay; refused calls are bounded per workspace", async () => {
  const key = (name: string, expiresAt: Date) => ({
    scope: workspaceId,
    key: name,
    fingerprint: Buffer.from("x"),
    eventId: newId(),
    expiresAt,
  });
  await db()
    .insert(dedupeKey)
    .values([key("old", daysAgo(1)), key("new", daysAgo(-1))]);
  const call = () => ({ id: newId(), workspaceId, code: "c", detail: "d", path: "/", requestId: "r" });
  await db()
    .insert(refusedCall)
    .values(Array.from({ length: 1_010 }, call));
  const [newest] = await db().insert(refusedCall).values(call()).returning({ id: refusedCall.id });
  await deleteExpired(hotSql(), 30);
  expect(await db().select({ key: dedupeKey.key }).from(dedupeKey)).toEqual([{ key: "new" }]);
  const kept = await db().select({ id: refusedCall.id }).from(refusedCall);
  expect(kept).toHaveLength(1_000);
  expect(kept).toContainEqual(newest);
});

test("what the playground kept, and links that ended, go with the retention", async () => {
  const call = { method: "POST", path: "/", headers: [], body: Buffer.from("{}"), bodyBytes: 2, verified: true };
  const trial = { url: "https://acme.io", eventType: "a", actor: "usr_ada", actorName: "Ada", outcome: "success" };
  const link = { deliveryId: newId(), expiresAt: new Date() };
  for (const days of [31, 1]) {
    const row = { id: idAt(daysAgo(days), 7), workspaceId };
    await db()
      .insert(receivedCall)
      .values({ ...row, endpointId, ...call });
    await db()
      .insert(trialCall)
      .values({ ...row, ...trial, request: {}, result: {} });
    await db()
      .insert(shareLink)
      .values({ ...row, ...link, expiresAt: daysAgo(days), tokenHash: Buffer.from([days]) });
  }
  await deleteExpired(hotSql(), 30);
  for (const table of [receivedCall, trialCall, shareLink]) {
    const rows = await db().select({ id: table.id }).from(table).where(eq(table.workspaceId, workspaceId));
    expect(rows).toEqual([{ id: idAt(daysAgo(1), 7) }]);
  }
});

test("minutes older than two days become hours, and nothing is lost or counted twice", async () => {
  const hour = new Date(Math.floor(daysAgo(3).getTime() / 3_600_000) * 3_600_000);
  const at = (minute: number) => new Date(hour.getTime() + minute * 60_000);
  for (const [minute, slot] of [
    [0, 0],
    [0, 1],
    [17, 0],
    [59, 1],
  ] as const) {
    await someStats(
      { workspaceId, endpointId, at: at(minute), slot },
      { delivered: 3, failed: 1, retried: 2, latencies: { 5: 4, 70: 2 } },
    );
  }
  await someStats({ workspaceId, endpointId, at: new Date() }, { delivered: 1 });
  expect(await foldStats(hotSql())).toBe(1);
  expect(await foldStats(hotSql())).toBe(0);

  const rows = await db().select().from(deliveryStat).where(eq(deliveryStat.slot, HOUR_SLOT));
  expect(rows).toMatchObject([{ bucket: hour, delivered: 12, failed: 4, retried: 8 }]);
  expect(rows[0]!.latency.slice(0, 4)).toEqual([16, 0, 0, 8]);
  expect(await db().select().from(deliveryStat)).toHaveLength(2);
});
