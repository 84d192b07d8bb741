import { afterEach, beforeEach, expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { giveUpOld } from "../../lib/delivery/give-up-old.ts";
import type { Send } from "../../lib/delivery/send.ts";
import { DAY_MS } from "../../lib/partitions/days.ts";
import { makePartitionsAhead } from "../../lib/partitions/make-ahead.ts";
import { retryDelivery } from "../../lib/replay/retry.ts";
import { failed } from "../support/calls.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aDelivery, anEvent, aWorkspace, idAt } from "../support/traffic.ts";

// Deliveries that become older than their endpoint allows, wherever they wait.

await testDatabase();
await makePartitionsAhead(hotSql(), new Date(Date.now() - DAY_MS));
const HOUR = 3_600;
const ada = { id: "usr_ada", name: "Ada" };
let workspaceId = "";
let endpointId = "";
const workers: make.TestWorker[] = [];

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await make.aSignedEndpoint(workspaceId, { maxAgeSeconds: HOUR });
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop(0);
  await hotSql()`delete from pgboss.job`;
  await hotSql()`update delivery set status = 'discarded', parked = false where parked`;
});

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000);
const fails: Send = async () => failed(500);

async function aParked(age: number, values: Partial<Parameters<typeof aDelivery>[1]> = {}) {
  const id = idAt(secondsAgo(age), Math.floor(Math.random() * 1e9));
  return aDelivery(workspaceId, { endpointId, id, status: "queued", parked: true, ...values });
}

test("what stands in line or is held is given up once it is too old, with the reason", async () => {
  const [inLine, held] = [await aParked(HOUR + 1), await aParked(2 * HOUR, { status: "held", lane: "a" })];
  const young = await aParked(HOUR - 60);
  expect(await giveUpOld(hotSql())).toBe(2);
  for (const id of [inLine, held]) {
    expect(await make.theDelivery(id)).toMatchObject({
      status: "failed",
      trouble: true,
      parked: false,
      reason: expect.stringContaining("maximum age"),
      finishedAt: expect.any(Date),
    });
  }
  expect(await make.theDelivery(young)).toMatchObject({ status: "queued", parked: true });
});

test("an endpoint without a maximum age keeps what waits for it", async () => {
  const other = await make.aSignedEndpoint(workspaceId, {});
  const id = await aParked(9 * HOUR, { endpointId: other });
  expect(await giveUpOld(hotSql())).toBe(0);
  expect(await make.theDelivery(id)).toMatchObject({ status: "queued", parked: true });
});

test("what was to be delivered later is as old as its moment", async () => {
  const at = secondsAgo(3 * HOUR);
  const eventId = await anEvent(workspaceId, { id: idAt(at, 1), deliverAt: secondsAgo(HOUR / 2) });
  const id = await aParked(3 * HOUR, { eventId });
  expect(await giveUpOld(hotSql())).toBe(0);
  await hotSql()`update event set deliver_at = ${secondsAgo(HOUR + 60)} where id = ${eventId}`;
  expect(await giveUpOld(hotSql())).toBe(1);
  expect(await make.theDelivery(id)).toMatchObject({ status: "failed" });
});

test("a retry that somebody asked for is not given up for its age", async () => {
  const id = await aParked(2 * HOUR, { nextTrigger: "manual", nextActor: "usr_ada" });
  expect(await giveUpOld(hotSql())).toBe(0);
  expect(await make.theDelivery(id)).toMatchObject({ parked: true });
});

test("no retry is planned beyond the maximum age; a manual one is made, and has no successor", async () => {
  const short = await make.aSignedEndpoint(workspaceId, { maxAgeSeconds: 120, retrySchedule: [30, 600] });
  const id = await make.aQueuedDelivery(workspaceId, short);
  workers.push(make.aWorker({ send: fails }));
  await eventually(async () => (await make.theDelivery(id)).status === "retrying");
  await hotSql()`update pgboss.job set start_after = now(), created_on = now()`;
  await eventually(async () => (await make.theDelivery(id)).status === "failed");
  expect(await make.theDelivery(id)).toMatchObject({ attempts: 2, reason: expect.stringContaining("maximum age") });
  expect(await retryDelivery(workspaceId, id, ada)).toBe("queued");
  await eventually(async () => (await make.theDelivery(id)).attempts === 3);
  expect(await make.theDelivery(id)).toMatchObject({ status: "failed" });
});
