import { afterAll, expect, test } from "vitest";
import { connectDirect, hotSql } from "../../lib/db.ts";
import { GATE_CHANNEL } from "../../lib/queue/gate-channel.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();

let announced = 0;
const ear = connectDirect();
afterAll(() => ear.end());
await ear.listen(GATE_CHANNEL, () => {
  announced++;
});

async function aSender() {
  const workspaceId = await aWorkspace();
  await aType(workspaceId, "order.created");
  return { workspaceId, secret: (await aKey(workspaceId)).secret };
}

async function deliveriesOf(workspaceId: string) {
  const rows = await hotSql()`
    select d.status, d.parked, d.trouble, d.reason, d.lane,
      (select count(*)::int from pgboss.job where data ->> 'd' = d.id::text) as jobs
    from delivery d where d.workspace_id = ${workspaceId} order by d.id`;
  return rows.map((row) => ({ ...row }));
}

const RUNNABLE = { status: "queued", parked: false, trouble: false, reason: null, lane: null, jobs: 1 };
const IN_LINE = { status: "queued", parked: true, trouble: false, reason: null, lane: null, jobs: 0 };
const ORDER = { type: "order.created", data: {} };

test.each([[{ ordering: "strict" }], [{ rateLimit: 5 }], [{ maxInFlight: 1 }], [{ batchSize: 10 }]] as const)(
  "a delivery to an endpoint with %j stands in line from the start, and the line is told",
  async (limit) => {
    const { workspaceId, secret } = await aSender();
    await anEndpoint(workspaceId, limit);
    const before = announced;

    expect(await post(door, secret, ORDER)).toMatchObject({ status: 202, body: { deliveries: 1 } });

    expect(await deliveriesOf(workspaceId)).toEqual([IN_LINE]);
    await eventually(() => announced > before);
  },
);

test("only where order counts does the ordering key choose the line", async () => {
  const { workspaceId, secret } = await aSender();
  await anEndpoint(workspaceId);
  await anEndpoint(workspaceId, { ordering: "strict" });

  await post(door, secret, { ...ORDER, orderingKey: "order-981" });
  await post(door, secret, ORDER);

  const inLine = (lane: string | null) => ({ ...IN_LINE, lane });
  expect(await deliveriesOf(workspaceId)).toEqual([RUNNABLE, inLine("order-981"), RUNNABLE, inLine(null)]);
  const events = await hotSql()`select ordering_key from event where workspace_id = ${workspaceId} order by id`;
  expect(events.map((row) => row.ordering_key)).toEqual(["order-981", null]);
});

test("an endpoint without limits costs its neighbours no announcement", async () => {
  const { workspaceId, secret } = await aSender();
  await anEndpoint(workspaceId, { status: "paused", maxInFlight: 1 });
  await anEndpoint(workspaceId);
  const before = announced;
  await post(door, secret, ORDER);
  await hotSql().notify(GATE_CHANNEL, "");
  await eventually(() => announced > before);
  expect(announced).toBe(before + 1);
});

test.each([
  ["an open circuit", { circuit: "open" }, "held"],
  ["a probe on its way", { circuit: "half_open" }, "held"],
  ["a receiver that asked for a pause", { slowed_until: new Date(Date.now() + 60_000) }, "queued"],
  ["a receiver that cannot take all", { crowded_since: new Date() }, "queued"],
] as const)("with %s new deliveries stand in line within seconds: %j", async (_, state, status) => {
  const { workspaceId, secret } = await aSender();
  const id = await anEndpoint(workspaceId);
  await hotSql()`insert into endpoint_state ${hotSql()([{ endpoint_id: id, ...state }])}`;

  const parked = await eventually(async () => {
    await post(door, secret, ORDER);
    return (await deliveriesOf(workspaceId)).find((row) => "parked" in row && row.parked);
  });

  const held = { ...IN_LINE, status: "held", trouble: true, reason: expect.stringContaining("keeps failing") };
  expect(parked).toEqual(status === "held" ? held : IN_LINE);
});

test("a pause that is over is no pause", async () => {
  const { workspaceId, secret } = await aSender();
  const id = await anEndpoint(workspaceId);
  await hotSql()`insert into endpoint_state (endpoint_id, slowed_until) values (${id}, now())`;
  await post(door, secret, ORDER);
  expect(await deliveriesOf(workspaceId)).toEqual([RUNNABLE]);
});

test.each([
  ["", "must not be empty"],
  ["k".repeat(256), "may have at most 255 characters"],
  ["a\0", "must not contain NUL or half of a surrogate pair"],
  [7, expect.any(String)],
])("the ordering key %j is refused", async (orderingKey, message) => {
  const { secret } = await aSender();
  expect(await post(door, secret, { ...ORDER, orderingKey })).toMatchObject({
    status: 422,
    body: { code: "invalid_field", errors: [{ path: "orderingKey", message }] },
  });
});

test("an ordering key of 255 characters is taken, and belongs to what a repeated call must have in common", async () => {
  const { secret } = await aSender();
  const event = { ...ORDER, id: "one", orderingKey: "k".repeat(255) };
  expect((await post(door, secret, event)).status).toBe(202);
  expect(await post(door, secret, event)).toMatchObject({ status: 200, body: { duplicate: true } });
  expect(await post(door, secret, { ...event, orderingKey: "other" })).toMatchObject({
    status: 422,
    body: { code: "idempotency_key_reused" },
  });
});
