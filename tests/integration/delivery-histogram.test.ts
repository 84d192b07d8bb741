import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { deliveryHistogram } from "../../lib/reports/delivery-histogram.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aFailedDelivery, anEndpoint, anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const MINUTE_MS = 60_000;

async function anHour() {
  const to = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
  const workspaceId = await aWorkspace();
  return { workspaceId, endpointId: await anEndpoint(workspaceId), from: new Date(to.getTime() - 60 * MINUTE_MS), to };
}

test("bars count deliveries by when they were created and what they are now", async () => {
  const { workspaceId, endpointId, from, to } = await anHour();
  const at = (minute: number, nth = 0) => idAt(from.getTime() + minute * MINUTE_MS, nth);
  await aDelivery(workspaceId, { endpointId, id: at(0), status: "delivered" });
  await aDelivery(workspaceId, { endpointId, id: at(7, 1), status: "delivered" });
  await aDelivery(workspaceId, { endpointId, id: at(7, 2), status: "retrying", trouble: true });
  await aDelivery(workspaceId, { endpointId, id: at(7, 3), status: "held", trouble: true });
  await aFailedDelivery(workspaceId, { endpointId, id: at(59.9) });
  await aFailedDelivery(workspaceId, { endpointId, id: at(60) });
  await aFailedDelivery(workspaceId, { endpointId, id: at(-0.1) });
  await aDelivery(await aWorkspace(), { endpointId, id: at(30), status: "delivered" });

  const histogram = await deliveryHistogram(workspaceId, {}, { from, to });
  expect(histogram).toMatchObject({ stepMs: MINUTE_MS, exact: true });
  expect(histogram?.bars).toHaveLength(60);
  const filled = histogram?.bars.filter((bar) => bar.delivered + bar.retrying + bar.failed + bar.other > 0);
  expect(filled).toEqual([
    { at: from, delivered: 1, retrying: 0, failed: 0, other: 0 },
    { at: new Date(from.getTime() + 7 * MINUTE_MS), delivered: 1, retrying: 1, failed: 0, other: 1 },
    { at: new Date(from.getTime() + 59 * MINUTE_MS), delivered: 0, retrying: 0, failed: 1, other: 0 },
  ]);
});

test("bars show what the list's filter matches, payloads included", async () => {
  const { workspaceId, endpointId, from, to } = await anHour();
  const eventId = await anEvent(workspaceId, { id: idAt(from), payload: Buffer.from('{"order":{"id":123}}') });
  await aDelivery(workspaceId, { endpointId, eventId, id: idAt(from, 1) });
  await aFailedDelivery(workspaceId, { endpointId, eventType: "order.paid", id: idAt(from, 2) });
  const total = async (filter: Parameters<typeof deliveryHistogram>[1]) =>
    (await deliveryHistogram(workspaceId, filter, { from, to }))?.bars.reduce(
      (sum, bar) => sum + bar.failed + bar.other,
      0,
    );

  expect(await total({ status: ["failed"] })).toBe(1);
  expect(await total({ eventType: "order.*" })).toBe(2);
  expect(await total({ body: [{ path: ["order", "id"], value: "123" }] })).toBe(1);
  expect(await total({ body: [{ path: ["order", "id"], value: "12" }] })).toBe(0);
});

test("of very many deliveries a sample is counted, scaled up, and called one", async () => {
  const { workspaceId, endpointId, from, to } = await anHour();
  await db().execute(sql`
    insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, status)
    select (lpad(to_hex(${from.getTime()}::bigint + n * 600), 12, '0') || '7000' || 'a000' || lpad(to_hex(n), 12, '0'))::uuid,
      ${workspaceId}::uuid, gen_random_uuid(), ${endpointId}::uuid, 'order.created', 'delivered'
    from generate_series(0, 5999) n`);
  await db().execute(sql`analyze delivery`);

  const size = { exactUpTo: 1_000, sampled: 2_000 };
  const sampled = await deliveryHistogram(workspaceId, {}, { from, to }, size);
  expect(sampled?.exact).toBe(false);
  const total = sampled?.bars.reduce((sum, bar) => sum + bar.delivered, 0) ?? 0;
  expect(Math.abs(total - 6_000)).toBeLessThan(600);
  expect(sampled?.bars.every((bar) => bar.delivered > 50 && bar.delivered < 150)).toBe(true);
  expect(await deliveryHistogram(workspaceId, {}, { from, to }, size)).toEqual(sampled);
  expect(await deliveryHistogram(workspaceId, { body: [{ path: ["a"], value: "1" }] }, { from, to }, size)).toBeNull();
});

test("a span that names no beginning begins with the oldest delivery", async () => {
  const { workspaceId, endpointId, from, to } = await anHour();
  await aDelivery(workspaceId, { endpointId, id: idAt(from, 77), status: "delivered" });

  expect((await deliveryHistogram(workspaceId, {}, { to }))?.bars[0]).toMatchObject({ at: from, delivered: 1 });
  expect((await deliveryHistogram(await aWorkspace(), {}, {}))?.bars).toHaveLength(1);
});
