import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db, hotSql } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { claimJobs } from "../../lib/queue/claim.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
import { replayEvent } from "../../lib/replay/replay.ts";
import { retryDelivery } from "../../lib/replay/retry.ts";
import { testDatabase } from "../support/database.ts";
import { aQueuedDelivery, liveJobs, theDelivery } from "../support/deliveries.ts";
import { aDelivery, aFailedDelivery, anEndpoint, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const ada = { id: "usr_ada", name: "Ada" };
let workspaceId = "";
let endpointId = "";

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await anEndpoint(workspaceId);
});

const auditTrail = () => db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId));

/** A delivery that waits for a planned retry in an hour. */
async function aRetryingDelivery(): Promise<string> {
  const id = await aDelivery(workspaceId, { endpointId, status: "retrying", trouble: true, attempts: 1 });
  const { eventId } = await theDelivery(id);
  const job = { d: id, e: eventId, p: endpointId, t: "schedule" } as const;
  await hotSql().begin((tx) => enqueueDeliveries(tx, [{ job, startAfter: 3_600 }]));
  return id;
}

test("a failed delivery is queued once, however often the button is pressed, and the press is on record", async () => {
  const id = await aFailedDelivery(workspaceId, { endpointId });
  const results = await Promise.all(Array.from({ length: 5 }, () => retryDelivery(workspaceId, id, ada)));
  expect(results.toSorted()).toEqual(["not_retryable", "not_retryable", "not_retryable", "not_retryable", "queued"]);
  expect(await liveJobs(id)).toMatchObject([{ state: "created", data: { d: id, t: "manual", a: "usr_ada" } }]);
  expect(await theDelivery(id)).toMatchObject({ status: "queued", attempts: 10, finishedAt: null, reason: null });
  expect(await auditTrail()).toMatchObject([
    { action: "delivery.retried", actor: "usr_ada", target: formatId("dlv", id) },
  ]);
});

test("retrying a delivery that waits moves its job to now; it gets no second one", async () => {
  const id = await aRetryingDelivery();
  expect(await retryDelivery(workspaceId, id, ada)).toBe("queued");
  const [job, ...others] = await liveJobs(id);
  expect(others).toEqual([]);
  expect(job!.data).toMatchObject({ t: "manual", a: "usr_ada" });
  expect(job!.startAfter.getTime()).toBeLessThanOrEqual(Date.now());
  expect(await retryDelivery(workspaceId, id, ada)).toBe("not_retryable");
});

test("a delivery that is on its way cannot be retried", async () => {
  const id = await aRetryingDelivery();
  await hotSql()`update pgboss.job set start_after = now(), created_on = now() where data ->> 'd' = ${id}`;
  expect((await claimJobs(512)).jobs.map(({ data }) => data.d)).toContain(id);
  expect(await retryDelivery(workspaceId, id, ada)).toBe("not_retryable");
});

test("a stranger's delivery is not found, and untouched", async () => {
  const id = await aFailedDelivery(workspaceId, { endpointId });
  expect(await retryDelivery(await aWorkspace(), id, ada)).toBe("not_found");
  expect(await theDelivery(id)).toMatchObject({ status: "failed" });
});

test.each([["delivered"], ["queued"]] as const)("a delivery that is %s cannot be retried", async (status) => {
  const id = await aDelivery(workspaceId, { endpointId, status });
  expect(await retryDelivery(workspaceId, id, ada)).toBe("not_retryable");
});

test.each([{ status: "disabled" as const }, { status: "paused" as const }, { deletedAt: new Date() }])(
  "a delivery whose endpoint is %o cannot be retried",
  async (values) => {
    const id = await aFailedDelivery(workspaceId, { endpointId: await anEndpoint(workspaceId, values) });
    expect(await retryDelivery(workspaceId, id, ada)).toBe("not_retryable");
    expect(await liveJobs(id)).toEqual([]);
  },
);

test("a replay makes a new delivery of the stored event, tied to the one before", async () => {
  const first = await aQueuedDelivery(workspaceId, endpointId);
  const { eventId } = await theDelivery(first);
  const replay = await replayEvent(workspaceId, eventId, ada, endpointId);
  if (replay.result !== "replayed") throw new Error(replay.result);
  expect(replay.deliveryIds).toHaveLength(1);
  const id = replay.deliveryIds[0]!;
  expect(await theDelivery(id)).toMatchObject({ status: "queued", replayOf: first, eventId, attempts: 0 });
  expect(await liveJobs(id)).toMatchObject([{ data: { t: "manual", a: "usr_ada" } }]);
  expect(await auditTrail()).toMatchObject([{ action: "event.replayed", target: formatId("evt", eventId) }]);
});

test("without an endpoint a replay goes to all that would get the event today", async () => {
  const workspace = await aWorkspace();
  const matching = [
    await anEndpoint(workspace, { subscriptions: [] }),
    await anEndpoint(workspace, { subscriptions: ["order.created"] }),
    await anEndpoint(workspace, { subscriptions: ["order.*"] }),
    await anEndpoint(workspace, { customer: "acme" }),
    await anEndpoint(workspace, { status: "paused" }),
  ];
  await anEndpoint(workspace, { subscriptions: ["orders.*", "order", "created"] });
  await anEndpoint(workspace, { customer: "globex" });
  await anEndpoint(workspace, { status: "disabled" });
  await anEndpoint(workspace, { deletedAt: new Date() });
  const eventId = await anEvent(workspace, { customer: "acme" });
  const replay = await replayEvent(workspace, eventId, ada);
  expect(replay).toMatchObject({ result: "replayed" });
  const rows = await db().select().from(delivery).where(eq(delivery.eventId, eventId));
  expect(new Set(rows.map((row) => row.endpointId))).toEqual(new Set(matching));
  const held = rows.find((row) => row.endpointId === matching[4]);
  expect(held).toMatchObject({ status: "held", parked: true });
  expect(await liveJobs(held!.id)).toEqual([]);
});

test("an event that nobody wants, or that is a stranger's, is not replayed", async () => {
  const eventId = await anEvent(workspaceId, {});
  const deleted = await anEndpoint(workspaceId, { deletedAt: new Date() });
  expect(await replayEvent(workspaceId, eventId, ada, deleted)).toEqual({ result: "no_endpoint" });
  expect(await replayEvent(await aWorkspace(), eventId, ada)).toEqual({ result: "not_found" });
});

test("a replay to an endpoint that keeps an order stands in the line of its event's key, and keeps who asked", async () => {
  const strict = await anEndpoint(workspaceId, { ordering: "strict" });
  const eventId = await anEvent(workspaceId, { orderingKey: "order-7" });
  const replay = await replayEvent(workspaceId, eventId, ada, strict);
  if (replay.result !== "replayed") throw new Error(replay.result);
  const id = replay.deliveryIds[0]!;
  expect(await theDelivery(id)).toMatchObject({
    status: "queued",
    parked: true,
    lane: "order-7",
    nextTrigger: "manual",
    nextActor: "usr_ada",
  });
  expect(await liveJobs(id)).toEqual([]);
});
