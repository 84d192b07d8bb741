import { expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { anApiClient } from "../support/api.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();
const DAY_MS = 86_400_000;

async function aSender() {
  const workspaceId = await aWorkspace();
  await aType(workspaceId, "order.created");
  return { workspaceId, secret: (await aKey(workspaceId)).secret };
}

async function deliveriesOf(workspaceId: string) {
  const rows = await hotSql()`
    select e.deliver_at, d.status, d.parked, d.next_attempt_at, j.start_after
    from delivery d join event e on e.id = d.event_id left join pgboss.job j on j.data ->> 'd' = d.id::text
    where d.workspace_id = ${workspaceId} order by d.id`;
  return rows.map((row) => ({ ...row }));
}

const inMs = (ms: number) => new Date(Date.now() + ms);
const ORDER = { type: "order.created", data: {} };

test.each([
  ["any", {}],
  ["a paused", { status: "paused" }],
  ["a strictly ordered", { ordering: "strict" }],
] as const)("an event for later is queued at once for %s endpoint, and due at its moment", async (_, values) => {
  const { workspaceId, secret } = await aSender();
  await anEndpoint(workspaceId, values);
  const due = inMs(3_600_000);

  const answer = await post(door, secret, { ...ORDER, deliverAt: due.toISOString() });

  expect(answer).toMatchObject({ status: 202, body: { deliveries: 1 } });
  expect(await deliveriesOf(workspaceId)).toEqual([
    { deliver_at: due, status: "queued", parked: false, next_attempt_at: due, start_after: due },
  ]);
});

test("the API shows an event's ordering key and the moment it waits for, in a list and alone", async () => {
  const { workspaceId, secret } = await aSender();
  const api = await anApiClient(workspaceId);
  const deliverAt = inMs(3_600_000).toISOString();
  const { body } = await post(door, secret, { ...ORDER, deliverAt, orderingKey: "acme" });

  const shown = { id: body.id, orderingKey: "acme", deliverAt };
  expect((await api("GET", `/events/${body.id}`)).body).toMatchObject(shown);
  expect((await api("GET", "/events")).body.data).toMatchObject([shown]);
});

test("a moment that has passed means at once", async () => {
  const { workspaceId, secret } = await aSender();
  await anEndpoint(workspaceId);
  await post(door, secret, { ...ORDER, deliverAt: "2001-01-01T00:00:00+01:00" });
  const [delivery] = await deliveriesOf(workspaceId);
  expect(delivery).toMatchObject({ deliver_at: null, next_attempt_at: null });
  expect(delivery?.start_after.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
});

test("one batch may hold events for now and for later", async () => {
  const { workspaceId, secret } = await aSender();
  await anEndpoint(workspaceId);
  const due = inMs(60_000);
  const batch = [ORDER, { ...ORDER, deliverAt: due }, ORDER];
  const answer = await post(door, secret, batch, { path: "/api/v1/events/batch" });
  expect(answer).toMatchObject({ status: 202, body: { accepted: 3 } });
  expect((await deliveriesOf(workspaceId)).map((row) => "next_attempt_at" in row && row.next_attempt_at)).toEqual([
    null,
    due,
    null,
  ]);
});

test("up to 30 days ahead are taken, and no more", async () => {
  const { secret } = await aSender();
  const at = (ms: number) => post(door, secret, { ...ORDER, deliverAt: inMs(ms).toISOString() });
  expect((await at(30 * DAY_MS)).status).toBe(202);
  expect(await at(30 * DAY_MS + 60_000)).toMatchObject({
    status: 422,
    body: {
      code: "invalid_field",
      detail: "deliverAt may lie at most 30 days ahead",
      errors: [{ path: "deliverAt", message: "may lie at most 30 days ahead" }],
    },
  });
});

test("the moment belongs to what a repeated call must have in common", async () => {
  const { secret } = await aSender();
  const event = { ...ORDER, id: "later", deliverAt: inMs(60_000).toISOString() };
  expect((await post(door, secret, event)).status).toBe(202);
  expect(await post(door, secret, event)).toMatchObject({ status: 200, body: { duplicate: true } });
  expect(await post(door, secret, { ...ORDER, id: "later" })).toMatchObject({
    status: 422,
    body: { code: "idempotency_key_reused" },
  });
});
