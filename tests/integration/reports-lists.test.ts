import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { deliveriesByIds, listDeliveries } from "../../lib/reports/deliveries.ts";
import { findDelivery, findPayload } from "../../lib/reports/delivery.ts";
import { findEvent, listEvents } from "../../lib/reports/events.ts";
import { listRefusedCalls } from "../../lib/reports/refused-calls.ts";
import { resolveId } from "../../lib/reports/resolve-id.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aFailedDelivery, anAttempt, anEndpoint, anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const HOUR_MS = 3_600_000;

async function someDeliveries(count: number) {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(await aDelivery(workspaceId, { endpointId }));
  return { workspaceId, endpointId, ids: ids.reverse() };
}

test("paging back and forth shows every row once, in the same places", async () => {
  const { workspaceId, ids } = await someDeliveries(7);
  const first = await listDeliveries(workspaceId, {}, { limit: 3 });
  const second = await listDeliveries(workspaceId, {}, { limit: 3, before: first.next });
  const third = await listDeliveries(workspaceId, {}, { limit: 3, before: second.next });

  expect([...first.rows, ...second.rows, ...third.rows].map((row) => row.id)).toEqual(ids);
  expect([first.previous, third.next]).toEqual([null, null]);
  expect(await listDeliveries(workspaceId, {}, { limit: 3, after: third.previous })).toMatchObject({
    rows: second.rows,
  });
  expect(await listDeliveries(workspaceId, {}, { limit: 3, after: second.previous })).toEqual(first);
});

test("rows that arrive while someone pages move nothing on the older pages", async () => {
  const { workspaceId, endpointId, ids } = await someDeliveries(5);
  const first = await listDeliveries(workspaceId, {}, { limit: 2 });
  const fresh = await aDelivery(workspaceId, { endpointId });
  const second = await listDeliveries(workspaceId, {}, { limit: 2, before: first.next });

  expect(second.rows.map((row) => row.id)).toEqual(ids.slice(2, 4));
  const back = await listDeliveries(workspaceId, {}, { limit: 2, after: second.previous });
  expect(back.rows.map((row) => row.id)).toEqual(ids.slice(0, 2));
  expect(back.previous).toBe(ids[0]);
  expect((await listDeliveries(workspaceId, {}, { after: back.previous })).rows.map((row) => row.id)).toEqual([fresh]);
});

test("filters narrow by status, type, endpoint, event, cause and time", async () => {
  const workspaceId = await aWorkspace();
  const [endpointId, other] = [await anEndpoint(workspaceId), await anEndpoint(workspaceId)];
  const eventId = await anEvent(workspaceId, { id: idAt(Date.now() - 3 * HOUR_MS) });
  const old = await aDelivery(workspaceId, { endpointId, eventId, id: idAt(Date.now() - 2 * HOUR_MS) });
  const failed = await aFailedDelivery(workspaceId, { endpointId, eventType: "order.paid" });
  const retrying = { status: "retrying", trouble: true, lastOutcome: "timeout" } as const;
  const slow = await aDelivery(workspaceId, { endpointId: other, ...retrying });
  const ids = async (filter: Parameters<typeof listDeliveries>[1]) =>
    (await listDeliveries(workspaceId, filter)).rows.map((row) => row.id);

  expect(await ids({ status: ["failed"] })).toEqual([failed]);
  expect(await ids({ status: ["failed", "retrying"] })).toEqual([slow, failed]);
  expect(await ids({ status: ["queued", "failed"] })).toEqual([failed, old]);
  expect(await ids({ eventType: "order.paid" })).toEqual([failed]);
  expect(await ids({ endpointId: other })).toEqual([slow]);
  expect(await ids({ eventId })).toEqual([old]);
  expect(await ids({ outcome: "timeout" })).toEqual([slow]);
  expect(await ids({ outcome: "http_error", code: { least: 500, most: 599 } })).toEqual([failed]);
  expect(await ids({ from: new Date(Date.now() - HOUR_MS) })).toEqual([slow, failed]);
  expect(await ids({ to: new Date(Date.now() - HOUR_MS) })).toEqual([old]);
});

test("a delivery whose job a worker holds is being sent, its neighbours wait", async () => {
  const { workspaceId, ids } = await someDeliveries(2);
  await db().execute(sql`
    insert into pgboss.job (id, name, data, state, started_on)
    values (gen_random_uuid(), 'deliver', ${JSON.stringify({ d: ids[0] })}::jsonb, 'active', now()),
           (gen_random_uuid(), 'deliver', ${JSON.stringify({ d: ids[1] })}::jsonb, 'created', null)`);
  const { rows } = await listDeliveries(workspaceId, {});
  expect(rows.map((row) => row.status)).toEqual(["sending", "queued"]);
  const refreshed = await deliveriesByIds(workspaceId, ids);
  expect(refreshed.find((row) => row.id === ids[0])).toMatchObject({ status: "sending" });
});

test("a delivery comes with its event and its attempts in order", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId, { retrySchedule: [1, 2], url: "https://hooks.globex.test/v1" });
  const eventId = await anEvent(workspaceId, { payload: Buffer.from('{"n":1E2}') });
  const id = await aDelivery(workspaceId, { endpointId, eventId, attempts: 2 });
  await anAttempt(id, { number: 2 });
  await anAttempt(id, { number: 1, outcome: "timeout" });

  const found = await findDelivery(workspaceId, id);
  expect(found).toMatchObject({ maxAttempts: 3, endpoint: { url: "https://hooks.globex.test/v1" } });
  expect(found?.attemptList.map((row) => row.outcome)).toEqual(["timeout", "success"]);
  expect(found?.event?.bytes).toBe(9);
  expect((await findPayload(workspaceId, eventId))?.toString()).toBe('{"n":1E2}');
  expect(await findPayload(await aWorkspace(), eventId)).toBeNull();
});

test("an event is listed with what became of its deliveries, replays of later days included", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const eventId = await anEvent(workspaceId, { id: idAt(Date.now() - 26 * HOUR_MS), idempotencyKey: "order-981" });
  await aFailedDelivery(workspaceId, { endpointId, eventId, id: idAt(Date.now() - 26 * HOUR_MS, 1) });
  await aDelivery(workspaceId, { endpointId, eventId, status: "delivered", replayOf: newId() });

  const { rows } = await listEvents(workspaceId, { idempotencyKey: "order-981" });
  expect(rows).toMatchObject([{ id: eventId, bytes: 2, fanout: { failed: 1, delivered: 1 } }]);
  expect((await findEvent(workspaceId, eventId))?.deliveries.map((row) => row.status)).toEqual(["delivered", "failed"]);
});

test("a stranger's ids are not found, by any way in", async () => {
  const { workspaceId, endpointId, ids } = await someDeliveries(1);
  const [id] = ids as [string];
  const eventId = await anEvent(workspaceId);
  const stranger = await aWorkspace();

  expect(await findDelivery(stranger, id)).toBeNull();
  expect(await findEvent(stranger, eventId)).toBeNull();
  expect(await deliveriesByIds(stranger, [id])).toEqual([]);
  expect((await listDeliveries(stranger, { endpointId })).rows).toEqual([]);
  expect((await listEvents(stranger, {})).rows).toEqual([]);
  expect((await listRefusedCalls(stranger, {})).rows).toEqual([]);
  for (const text of [formatId("dlv", id), formatId("evt", eventId), formatId("ep", endpointId)])
    expect(await resolveId(stranger, text)).toMatchObject({ result: "unknown" });
});

test("a pasted id leads to what it names, anything else is no id", async () => {
  const { workspaceId, endpointId, ids } = await someDeliveries(1);
  expect(await resolveId(workspaceId, ` ${formatId("dlv", ids[0]!)}\n`)).toMatchObject({ kind: "delivery" });
  expect(await resolveId(workspaceId, formatId("ep", endpointId))).toMatchObject({ kind: "endpoint" });
  expect(await resolveId(workspaceId, formatId("dlv", newId()))).toEqual({ result: "unknown", prefix: "dlv" });
  for (const text of ["", "acme", "dlv_", "dlv_zzzz", "'; drop table delivery"])
    expect(await resolveId(workspaceId, text)).toEqual({ result: "not_an_id" });
});
