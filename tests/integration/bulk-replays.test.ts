import { and, asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { collectWindow } from "../../lib/bulk-jobs/collect.ts";
import { continueJob, stopJob } from "../../lib/bulk-jobs/commands.ts";
import { previewReplay } from "../../lib/bulk-jobs/preview-replay.ts";
import { takeTurn } from "../../lib/bulk-jobs/turn.ts";
import { db, hotSql } from "../../lib/db.ts";
import { ALL_FAILED, aCountedJob, ada, aJob, itemsOf, theJob } from "../support/bulk-jobs.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, anEndpoint, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();
let workspaceId = "";
let endpointId = "";

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await anEndpoint(workspaceId, { subscriptions: ["order.*"] });
});

const EVENTS = { ...ALL_FAILED, over: { by: "events" as const, filter: {} } };
const aReplay = (scope = {}) => aCountedJob(workspaceId, { kind: "replay", scope: { ...EVENTS, ...scope } });
const deliveriesTo = (id: string) =>
  db()
    .select()
    .from(delivery)
    .where(and(eq(delivery.workspaceId, workspaceId), eq(delivery.endpointId, id)))
    .orderBy(asc(delivery.id));

test("what was never sent to an endpoint is sent: only what it wants today, once, and in its line", async () => {
  const missed = [await anEvent(workspaceId), await anEvent(workspaceId, { type: "order.paid" })];
  await anEvent(workspaceId, { type: "user.updated" });
  await anEvent(workspaceId, { test: true });
  const had = await anEvent(workspaceId);
  await aDelivery(workspaceId, { endpointId, eventId: had, status: "failed", trouble: true });
  const scope = { ...EVENTS, endpointId, onlyMissing: true };
  expect(await previewReplay(workspaceId, scope)).toMatchObject({ willRun: 2, atMost: false });
  const jobId = await aReplay(scope);
  expect(await theJob(jobId)).toMatchObject({ total: 2, status: "running" });
  await takeTurn(hotSql(), jobId, endpointId);
  const made = (await deliveriesTo(endpointId)).filter(({ eventId }) => missed.includes(eventId));
  expect(made).toMatchObject(
    ["order.created", "order.paid"].map((eventType) => ({
      eventType,
      status: "queued",
      parked: true,
      nextTrigger: "bulk",
      nextActor: "usr_ada",
      attempts: 0,
      replayOf: null,
    })),
  );
  expect(await theJob(await aReplay(scope))).toMatchObject({ total: 0 });
});

test("a replay without an endpoint goes to all that want the event, filters and customers included", async () => {
  const filtered = await anEndpoint(workspaceId, { filter: '{"total": {"$gte": 10}}' });
  const acme = await anEndpoint(workspaceId, { customer: "acme" });
  const off = await anEndpoint(workspaceId, { status: "disabled" });
  const paused = await anEndpoint(workspaceId, { status: "paused" });
  const large = await anEvent(workspaceId, { payload: Buffer.from('{"total": 12}'), customer: "acme" });
  const small = await anEvent(workspaceId, { payload: Buffer.from('{"total": 2}') });
  expect(await previewReplay(workspaceId, EVENTS)).toMatchObject({
    matching: 2,
    willRun: 4,
    leftOut: [{ why: "endpoint_paused", count: 2 }],
  });
  const jobId = await aReplay();
  for (const id of [endpointId, filtered, acme, off, paused]) await takeTurn(hotSql(), jobId, id);
  const eventsOf = async (id: string) => (await deliveriesTo(id)).map((row) => row.eventId).toSorted();
  expect(await eventsOf(endpointId)).toEqual([large, small].toSorted());
  expect(await eventsOf(filtered)).toEqual([large]);
  expect(await eventsOf(acme)).toEqual([large]);
  expect(await eventsOf(off)).toEqual([]);
  expect(await eventsOf(paused)).toEqual([]);
});

test("of two jobs over what was never sent, the second finds it sent", async () => {
  await anEvent(workspaceId);
  const scope = { endpointId, onlyMissing: true };
  const [first, second] = [await aReplay(scope), await aReplay(scope)];
  await takeTurn(hotSql(), first, endpointId);
  await takeTurn(hotSql(), second, endpointId);
  expect(await deliveriesTo(endpointId)).toHaveLength(1);
  expect(await itemsOf(second)).toMatchObject([{ state: "skipped", skipped: "sent_meanwhile" }]);
});

test("events are looked for by their payloads a few at a time, and all are found", async () => {
  for (let n = 0; n < 201; n++) await anEvent(workspaceId, { payload: Buffer.from(`{"n": ${n}}`) });
  const body = [{ path: ["n"], value: "200" }];
  const scope = { ...EVENTS, over: { by: "events" as const, filter: { body } } };
  const jobId = await aJob(workspaceId, { kind: "replay", scope });
  expect(await collectWindow(jobId)).toBe(true);
  expect(await theJob(jobId)).toMatchObject({ status: "counting", total: 0 });
  expect(await collectWindow(jobId)).toBe(false);
  expect(await theJob(jobId)).toMatchObject({ status: "running", total: 1 });
});

test("named events go to a named endpoint as they are, each tied to the delivery before", async () => {
  const eventId = await anEvent(workspaceId, { type: "user.updated" });
  const before = await aDelivery(workspaceId, { endpointId, eventId, status: "failed", trouble: true });
  const jobId = await aReplay({ over: { by: "ids", ids: [eventId] }, endpointId });
  await takeTurn(hotSql(), jobId, endpointId);
  expect((await deliveriesTo(endpointId)).at(-1)).toMatchObject({ replayOf: before, eventType: "user.updated" });
});

test("a replay that reached its endpoint meanwhile is not made", async () => {
  const eventId = await anEvent(workspaceId);
  const jobId = await aReplay();
  await aDelivery(workspaceId, { endpointId, eventId, status: "delivered" });
  await takeTurn(hotSql(), jobId, endpointId);
  expect(await itemsOf(jobId)).toMatchObject([{ state: "skipped", skipped: "delivered_otherwise" }]);
  expect(await deliveriesTo(endpointId)).toHaveLength(1);
});

test("of a stopped replay what was made is discarded, and the same deliveries go out when it goes on", async () => {
  await anEvent(workspaceId);
  await anEvent(workspaceId);
  const jobId = await aReplay();
  await takeTurn(hotSql(), jobId, endpointId);
  const made = await deliveriesTo(endpointId);
  expect(made).toHaveLength(2);
  await stopJob(workspaceId, jobId, ada);
  expect(await deliveriesTo(endpointId)).toMatchObject(
    made.map(({ id }) => ({
      id,
      status: "discarded",
      parked: false,
      reason: "Its bulk job was stopped before its turn",
    })),
  );
  await continueJob(workspaceId, jobId, ada);
  await takeTurn(hotSql(), jobId, endpointId);
  expect(await deliveriesTo(endpointId)).toMatchObject(made.map(({ id }) => ({ id, status: "queued", parked: true })));
});

test("at an endpoint that keeps an order, replays stand in their event's lane", async () => {
  const strict = await anEndpoint(workspaceId, { ordering: "strict" });
  await anEvent(workspaceId, { orderingKey: "order-1" });
  const jobId = await aReplay({ endpointId: strict });
  await takeTurn(hotSql(), jobId, strict);
  expect(await deliveriesTo(strict)).toMatchObject([{ lane: "order-1", parked: true }]);
});

test("a stranger's events and endpoints are out of reach", async () => {
  const eventId = await anEvent(workspaceId);
  const stranger = await aWorkspace();
  await anEndpoint(stranger);
  const over = { by: "ids" as const, ids: [eventId] };
  expect(await theJob(await aCountedJob(stranger, { kind: "replay", scope: { over } }))).toMatchObject({ total: 0 });
  await anEvent(stranger);
  const foreign = await aCountedJob(stranger, { kind: "replay", scope: { ...EVENTS, endpointId } });
  expect(await theJob(foreign)).toMatchObject({ total: 0 });
});
