import { expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { parseId } from "../../lib/ids.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();

async function aSender(values: Parameters<typeof aWorkspace>[0] = {}) {
  const workspaceId = await aWorkspace(values);
  await aType(workspaceId, "order.created");
  return { workspaceId, secret: (await aKey(workspaceId)).secret };
}

async function storedEvent(id: unknown) {
  const [row] = await hotSql()`select * from event where id = ${parseId("evt", String(id))}`;
  return row;
}

async function jobsOf(eventId: unknown) {
  return hotSql()`select * from pgboss.job where data ->> 'e' = ${parseId("evt", String(eventId))}`;
}

test("an event becomes one row, one delivery for every subscribed endpoint and one job each", async () => {
  const { workspaceId, secret } = await aSender();
  await anEndpoint(workspaceId);
  await anEndpoint(workspaceId, { subscriptions: ["order.*"] });
  await anEndpoint(workspaceId, { subscriptions: ["invoice.paid"] });

  const answer = await post(door, secret, { type: "order.created", data: { a: 1 }, tags: { region: "eu" } });

  expect(answer).toMatchObject({ status: 202, body: { type: "order.created", deliveries: 2, duplicate: false } });
  expect(answer.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await storedEvent(answer.body.id)).toMatchObject({ workspace_id: workspaceId, tags: { region: "eu" } });
  expect(await jobsOf(answer.body.id)).toHaveLength(2);
});

test.each([
  '{"z":1,"a":[1E2,12345678901234567890],"a":"twice","n":"\\u0000","s":"\\ud800"}',
  '  "just a string"  ',
  "9007199254740993",
  "null",
  "-0.0e+10",
  '{ "spaces" :\n\t[ 1 , 2 ] , "ünï":"😀" }',
  '{"__proto__":{"polluted":true},"constructor":1}',
  '"]}\\"{["',
])("the bytes of data are kept as they came: %s", async (data) => {
  const { secret } = await aSender();

  const answer = await post(door, secret, `{"data":${data},"type":"order.created"}`);

  expect(answer.status).toBe(202);
  const event = await storedEvent(answer.body.id);
  expect(event?.payload.toString()).toBe(data.trim());
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("a paused endpoint's delivery is parked without a job, and says why", async () => {
  const { workspaceId, secret } = await aSender();
  await anEndpoint(workspaceId, { status: "paused" });
  await anEndpoint(workspaceId, { status: "disabled" });
  await anEndpoint(workspaceId, { deletedAt: new Date() });

  const answer = await post(door, secret, { type: "order.created", data: 1 });

  expect(answer.body.deliveries).toBe(1);
  const rows = await hotSql()`select status, parked, trouble, reason from delivery where workspace_id = ${workspaceId}`;
  expect([...rows]).toEqual([{ status: "held", parked: true, trouble: true, reason: "The endpoint is paused" }]);
  expect(await jobsOf(answer.body.id)).toHaveLength(0);
});

test("a customer's endpoint gets that customer's events only, one without a customer gets all", async () => {
  const { workspaceId, secret } = await aSender();
  const [all, acme] = [await anEndpoint(workspaceId), await anEndpoint(workspaceId, { customer: "acme" })];
  const receivers = async (customer?: string) => {
    const { body } = await post(door, secret, { type: "order.created", data: 1, customer });
    const rows = await hotSql()`select endpoint_id from delivery where event_id = ${parseId("evt", String(body.id))}`;
    return rows.map((row) => row.endpoint_id).sort();
  };

  expect(await receivers()).toEqual([all]);
  expect(await receivers("acme")).toEqual([all, acme].sort());
  expect(await receivers("other")).toEqual([all]);
});

test("an event without a receiver is kept", async () => {
  const { secret } = await aSender();
  const answer = await post(door, secret, { type: "order.created", data: {}, timestamp: "2026-01-31T09:30:00+02:00" });
  expect(answer).toMatchObject({ status: 202, body: { deliveries: 0 } });
  expect((await storedEvent(answer.body.id))?.occurred_at).toEqual(new Date("2026-01-31T07:30:00Z"));
});

test("reading the list of events is left to Next, which sees our own Host", async () => {
  const response = await fetch(`${door.url}/api/v1/events`, { headers: { "x-forwarded-host": "evil.example" } });
  expect(response.status).toBe(299);
  expect(response.headers.get("x-next")).toBe(`127.0.0.1:${door.port}`);
});

test("health tells how database and queue are", async () => {
  const response = await fetch(`${door.url}/api/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: "ok", queue: { oldestQueuedSeconds: expect.any(Number) } });
});

test("an unknown type is refused, or made by the event where the workspace allows it", async () => {
  const strict = await aSender();
  const open = await aSender({ createsEventTypes: true });
  const event = { type: "ticket.opened", data: {} };

  expect(await post(door, strict.secret, event)).toMatchObject({ status: 422, body: { code: "unknown_event_type" } });
  const parallel = await Promise.all(Array.from({ length: 5 }, () => post(door, open.secret, event)));

  expect(parallel.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  const types = await hotSql()`select name from event_type where workspace_id = ${open.workspaceId} order by name`;
  expect(types.map(({ name }) => name)).toEqual(["order.created", "ticket.opened"]);
});

test("an archived type is refused", async () => {
  const { workspaceId, secret } = await aSender();
  await aType(workspaceId, "old.type", { archivedAt: new Date() });
  const answer = await post(door, secret, { type: "old.type", data: {} });
  expect(answer).toMatchObject({ status: 422, body: { code: "archived_event_type", errors: [{ path: "type" }] } });
});

test("a schema refuses, warns or is ignored, as its type says", async () => {
  const { workspaceId, secret } = await aSender();
  const schema = '{"type":"object","required":["total"],"properties":{"total":{"type":"integer"}}}';
  for (const enforcement of ["off", "warn", "block"] as const)
    await aType(workspaceId, enforcement, { enforcement }, schema);

  expect((await post(door, secret, { type: "off", data: {} })).status).toBe(202);
  const warned = await post(door, secret, { type: "warn", data: { total: "9" } });
  expect((await storedEvent(warned.body.id))?.schema_warning).toMatch(/data\.total must be integer/);
  expect(await post(door, secret, { type: "block", data: { total: "9" } })).toMatchObject({
    status: 422,
    body: { code: "schema_mismatch", errors: [{ path: "data.total", message: "must be integer" }] },
  });
  expect((await post(door, secret, { type: "block", data: { total: 9 } })).status).toBe(202);
});
