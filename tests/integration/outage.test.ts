import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endpointState } from "../../drizzle/schema/configuration.ts";
import { BulkJobRunner } from "../../lib/bulk-jobs/runner.ts";
import { db, hotSql } from "../../lib/db.ts";
import type { CallResult } from "../../lib/delivery/call.ts";
import type { Send } from "../../lib/delivery/send.ts";
import { sendTest } from "../../lib/endpoints/send-test.ts";
import { createEventType } from "../../lib/event-types/commands.ts";
import { eventTypeInput } from "../../lib/event-types/input.ts";
import { retryDelivery } from "../../lib/replay/retry.ts";
import { aJob, theJob } from "../support/bulk-jobs.ts";
import { failed, SUCCEEDED } from "../support/calls.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

// A receiver that is down while deliveries for it keep coming, and what happens when it is back.

await testDatabase();
const ada = { id: "usr_ada", name: "Ada" };
const PENDING = 1_500;
/** Two workers of 50 calls each send at most 2,000 a second to such a receiver. */
const ANSWER_MS = 50;
let workspaceId = "";
let endpointId = "";
const workers: make.TestWorker[] = [];

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await make.aSignedEndpoint(workspaceId, {});
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop(0);
  await hotSql()`delete from pgboss.job`;
  await hotSql()`update delivery set status = 'discarded', parked = false, released = false where status in ('queued', 'retrying', 'held')`;
});

/** Two workers that both send to a receiver which answers like this, and let deliveries out. */
function aReceiver(answer: (body: string) => CallResult) {
  const calls: { at: number; body: string }[] = [];
  const receiver = { calls, answer };
  const send: Send = async ({ target, body }) => {
    if (target.endpointId !== endpointId) return SUCCEEDED;
    calls.push({ at: performance.now(), body: body.toString() });
    await delay(ANSWER_MS);
    return receiver.answer(body.toString());
  };
  for (const slot of [0, 1]) workers.push(make.aWorker({ send, slot, releases: true }));
  return receiver;
}

async function state() {
  const [row] = await db().select().from(endpointState).where(eq(endpointState.endpointId, endpointId));
  return row;
}
const circuit = async () => (await state())?.circuit;

async function counts(): Promise<Record<string, number>> {
  const rows = await hotSql()<{ status: string; count: number }[]>`
    select status, count(*)::int as count from delivery where endpoint_id = ${endpointId} group by 1`;
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** The wait for the next probe is over. */
async function probeNow(): Promise<void> {
  await hotSql()`update endpoint_state set probe_at = now() where endpoint_id = ${endpointId}`;
}

/** Those that were sent before the circuit opened are held as well, once their retry is due: now. */
const allHeld = (pending: number) =>
  eventually(
    async () => {
      if ((await circuit()) === "open") {
        await hotSql()`update pgboss.job set start_after = now(), created_on = now() where state < 'active' and start_after > now()`;
      }
      return (await counts()).held === pending;
    },
    { withinMs: 40_000, everyMs: 100 },
  );

test("while a receiver is down its deliveries are held, others go on, and it comes back without a thundering herd", async () => {
  await make.queueDeliveries(workspaceId, endpointId, PENDING);
  const healthy = await make.aSignedEndpoint(workspaceId, {});
  const others = await make.queueDeliveries(workspaceId, healthy, 50);
  const receiver = aReceiver(() => failed(503));

  await allHeld(PENDING);
  expect(await state()).toMatchObject({ circuit: "open", circuitReason: expect.stringContaining("with 503") });
  // What was on its way when it opened, and little more: not all that were pending.
  expect(receiver.calls.length).toBeLessThan(PENDING / 2);
  for (const id of others) expect(await make.theDelivery(id)).toMatchObject({ status: "delivered" });

  const before = receiver.calls.length;
  await probeNow();
  await eventually(async () => (await state())?.failedProbes === 1);
  expect(await circuit()).toBe("open");
  expect(receiver.calls.length).toBe(before + 1);

  receiver.answer = () => SUCCEEDED;
  await probeNow();
  await eventually(async () => (await circuit()) === "closed");
  const closedAt = performance.now();
  await eventually(async () => ((await counts()).held ?? 0) === 0, { withinMs: 40_000 });
  await eventually(async () => ((await counts()).queued ?? 0) === 0);
  await eventually(async () => (await counts()).delivered === PENDING);
  const inFirstSecond = receiver.calls.filter(({ at }) => at > closedAt && at < closedAt + 1_000).length;
  expect(inFirstSecond).toBeLessThan(100);
});

test("a probe that fails leaves its delivery held, with the attempt on record and no step of its schedule used", async () => {
  const ids = await make.queueDeliveries(workspaceId, endpointId, 200);
  aReceiver(() => failed(500));
  await allHeld(200);
  await probeNow();
  await eventually(async () => (await state())?.failedProbes === 1);
  const rows = await hotSql()<{ id: string }[]>`
    select delivery_id as id from attempt where trigger = 'probe' and delivery_id = any(${ids})`;
  expect(rows).toHaveLength(1);
  expect(await make.theDelivery(rows[0]!.id)).toMatchObject({ status: "held", parked: true, scheduleStep: 0 });
  expect(await make.liveJobs(rows[0]!.id)).toEqual([]);
});

test("one event that always fails does not keep the circuit open: the next probe is another", async () => {
  await make.queueDeliveries(workspaceId, endpointId, 200);
  const receiver = aReceiver(() => failed(500));
  await allHeld(200);
  const [oldest] = await hotSql()<{ n: string }[]>`
    select convert_from(payload, 'UTF8') as n from event e join delivery d on d.event_id = e.id
    where d.endpoint_id = ${endpointId} and d.parked order by d.id limit 1`;
  const poison = JSON.parse(oldest!.n).n as number;
  receiver.answer = (body) => (JSON.parse(body).data.n === poison ? failed(500) : SUCCEEDED);
  await probeNow();
  await eventually(async () => (await state())?.failedProbes === 1);
  await probeNow();
  await eventually(async () => (await circuit()) === "closed");
});

test("somebody who retries a held delivery goes past the open circuit, and a success closes it", async () => {
  await make.queueDeliveries(workspaceId, endpointId, 100);
  const receiver = aReceiver(() => failed(500));
  await allHeld(100);
  const [held] = await hotSql()<{ id: string }[]>`
    select id from delivery where endpoint_id = ${endpointId} and parked order by id desc limit 1`;
  receiver.answer = () => SUCCEEDED;
  expect(await retryDelivery(workspaceId, held!.id, ada)).toBe("queued");
  await eventually(async () => (await make.theDelivery(held!.id)).status === "delivered");
  const attempt = (await make.attemptsOf(held!.id)).at(-1);
  expect(attempt).toMatchObject({ trigger: "manual", actor: "usr_ada", outcome: "success" });
  await eventually(async () => (await circuit()) === "closed");
});

test("a test goes past the open circuit too, whoever sends it: it shows whether the endpoint works again", async () => {
  await createEventType(workspaceId, eventTypeInput.parse({ name: "order.created" }), ada);
  await make.queueDeliveries(workspaceId, endpointId, 100);
  const receiver = aReceiver(() => failed(500));
  await allHeld(100);
  const stillDown = await sendTest(workspaceId, "order.created", [endpointId]);
  if (stillDown.result !== "sent") throw new Error(stillDown.result);
  await eventually(async () => (await make.theDelivery(stillDown.deliveryIds[0]!)).attempts === 1);
  expect(await circuit()).toBe("open");
  receiver.answer = () => SUCCEEDED;
  await sendTest(workspaceId, "order.created", [endpointId]);
  await eventually(async () => (await circuit()) === "closed");
});

test("a receiver that answers 429 is left alone as long as it asks, and then gets what waited", async () => {
  await make.queueDeliveries(workspaceId, endpointId, 300);
  let busy = true;
  const receiver = aReceiver(() => (busy ? failed(429, { "retry-after": "4" }) : SUCCEEDED));
  await eventually(async () => (await state())?.slowedUntil);
  await eventually(async () => {
    const [row] = await hotSql()`select count(*)::int as count from delivery
      where endpoint_id = ${endpointId} and (parked or status = 'retrying')`;
    return row?.count === 300;
  });
  const slowed = (await state())!.slowedUntil!;
  busy = false;
  await eventually(async () => ((await counts()).delivered ?? 0) > 0, { everyMs: 5 });
  expect(Date.now()).toBeGreaterThanOrEqual(slowed.getTime() - 50);
  expect(await circuit()).toBe("closed");
  await hotSql()`update pgboss.job set start_after = now(), created_on = now()`;
  await eventually(async () => (await counts()).delivered === 300, { withinMs: 40_000 });
  expect(receiver.calls.length).toBeLessThan(600);
});

test("all that failed in an outage is retried little by little, in bulk and by name", async () => {
  const ids = await make.queueDeliveries(workspaceId, endpointId, 120);
  await hotSql()`delete from pgboss.job`;
  await hotSql()`update delivery set status = 'failed', trouble = true, attempts = 10 where endpoint_id = ${endpointId}`;
  aReceiver(() => SUCCEEDED);
  const runner = new BulkJobRunner(hotSql());
  runner.start();
  const jobId = await aJob(workspaceId);
  await eventually(async () => (await counts()).delivered === 120);
  await eventually(async () => (await theJob(jobId)).status === "done");
  await runner.stop();
  expect((await make.attemptsOf(ids[0]!)).at(-1)).toMatchObject({ trigger: "bulk", actor: "usr_ada", number: 11 });
});
