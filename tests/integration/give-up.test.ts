import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db, hotSql } from "../../lib/db.ts";
import type { Send } from "../../lib/delivery/send.ts";
import { formatId } from "../../lib/ids.ts";
import { claimJobs } from "../../lib/queue/claim.ts";
import { cancelDelivery } from "../../lib/replay/cancel.ts";
import { retryDelivery } from "../../lib/replay/retry.ts";
import { failed, SUCCEEDED } from "../support/calls.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aDelivery, aFailedDelivery, anEndpoint, aWorkspace } from "../support/traffic.ts";

// Giving deliveries up, and trying again at once, wherever they are.

await testDatabase();
const ada = { id: "usr_ada", name: "Ada" };
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
  await hotSql()`update delivery set status = 'discarded', parked = false where status in ('queued', 'retrying', 'held')`;
});

const statusOf = async (id: string) => (await make.theDelivery(id)).status;
const giveUp = (id: string) => cancelDelivery(workspaceId, id, ada);
const retryNow = (id: string) => retryDelivery(workspaceId, id, ada);
const GIVEN_UP = { status: "discarded", trouble: true, parked: false, released: false, reason: "Given up by Ada" };

/** A worker whose calls wait until told how they end. */
function aPatientWorker() {
  let begun = 0;
  let end = (_: Awaited<ReturnType<Send>>) => {};
  const ended = new Promise<Awaited<ReturnType<Send>>>((resolve) => {
    end = resolve;
  });
  const send: Send = () => {
    begun++;
    return ended;
  };
  workers.push(make.aWorker({ send }));
  return { end, sending: (count = 1) => eventually(() => begun === count) };
}

test("a queued delivery that somebody gives up is discarded by name, has no job and is never sent", async () => {
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  expect(await giveUp(id)).toBe("cancelled");
  expect(await make.theDelivery(id)).toMatchObject({ ...GIVEN_UP, finishedAt: expect.any(Date) });
  expect(await make.liveJobs(id)).toEqual([]);
  expect(await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId))).toMatchObject([
    { action: "delivery.cancelled", actor: "usr_ada", target: formatId("dlv", id) },
  ]);
});

test.each([{ status: "held", parked: true }, { status: "queued", parked: true }, { status: "retrying" }] as const)(
  "one that is %o can be given up as well",
  async (values) => {
    const id = await aDelivery(workspaceId, { endpointId, nextAttemptAt: new Date(), ...values });
    expect(await giveUp(id)).toBe("cancelled");
    expect(await make.theDelivery(id)).toMatchObject({ ...GIVEN_UP, nextAttemptAt: null });
  },
);

test.each(["delivered", "failed", "discarded"] as const)("one that is %s is over already", async (status) => {
  const id = await aDelivery(workspaceId, { endpointId, status, reason: "as it was" });
  expect(await giveUp(id)).toBe("not_cancellable");
  expect(await make.theDelivery(id)).toMatchObject({ status, reason: "as it was" });
});

test("a stranger's delivery is not found, and goes on", async () => {
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  expect(await cancelDelivery(await aWorkspace(), id, ada)).toBe("not_found");
  expect(await make.liveJobs(id)).toHaveLength(1);
});

test("a call that is on its way when its delivery is given up is recorded, and gets no retry", async () => {
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  const worker = aPatientWorker();
  await worker.sending();
  expect(await giveUp(id)).toBe("cancelled");
  worker.end(failed(500));
  await eventually(async () => (await make.attemptsOf(id)).length === 1);
  expect(await make.theDelivery(id)).toMatchObject({ ...GIVEN_UP, attempts: 1, lastStatusCode: 500 });
  expect(await make.liveJobs(id)).toEqual([]);
});

test("a call that is on its way when its delivery is given up may still deliver it", async () => {
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  const worker = aPatientWorker();
  await worker.sending();
  await giveUp(id);
  worker.end(SUCCEEDED);
  await eventually(async () => (await statusOf(id)) === "delivered");
  expect(await make.theDelivery(id)).toMatchObject({ reason: null, trouble: false });
});

test("while the last call of a given up delivery is on its way, it cannot be retried; afterwards it can", async () => {
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  const worker = aPatientWorker();
  await worker.sending();
  await giveUp(id);
  expect(await retryNow(id)).toBe("not_retryable");
  worker.end(failed(500));
  await eventually(async () => (await make.attemptsOf(id)).length === 1);
  expect(await retryNow(id)).toBe("queued");
});

test("giving up at the very moment of the claim leaves no delivery that is sent although it was taken back", async () => {
  for (let round = 0; round < 20; round++) {
    const id = await make.aQueuedDelivery(workspaceId, endpointId);
    const [claim, result] = await Promise.all([claimJobs(8), giveUp(id)]);
    expect(result).toBe("cancelled");
    expect(await make.theDelivery(id)).toMatchObject(GIVEN_UP);
    // Either it was taken back or it is claimed, and then the worker finds it discarded.
    expect((await make.liveJobs(id)).length).toBe(claim.jobs.length);
    await hotSql()`delete from pgboss.job`;
  }
});

test("one of several deliveries that go in one request is given up alone", async () => {
  const ids = [
    await make.aQueuedDelivery(workspaceId, endpointId),
    await make.aQueuedDelivery(workspaceId, endpointId),
  ];
  await hotSql()`update pgboss.job set data = data || '{"g":"batch"}'::jsonb`;
  await giveUp(ids[0]!);
  expect((await Promise.all(ids.map(make.liveJobs))).map((jobs) => jobs.length)).toEqual([0, 1]);
});

test.each([
  { status: "held", parked: true, reason: "x" },
  { status: "queued", parked: true },
] as const)("retry now lets out one that is %o, and says who asked", async (values) => {
  const id = await aDelivery(workspaceId, { endpointId, ...values });
  expect(await retryNow(id)).toBe("queued");
  expect(await make.theDelivery(id)).toMatchObject({ status: "queued", parked: false, released: true, reason: null });
  expect(await make.liveJobs(id)).toMatchObject([{ data: { t: "manual", a: "usr_ada" } }]);
  expect(await retryNow(id)).toBe("not_retryable");
});

test("retry now does not go past a pause", async () => {
  const paused = await anEndpoint(workspaceId, { status: "paused" });
  const id = await aDelivery(workspaceId, { endpointId: paused, status: "held", parked: true });
  expect(await retryNow(id)).toBe("not_retryable");
  expect(await make.theDelivery(id)).toMatchObject({ status: "held", parked: true });
});

test("with strict ordering retry now lets out the head of a lane only", async () => {
  const strict = await anEndpoint(workspaceId, { ordering: "strict" });
  const inLine = (lane: string | null) =>
    aDelivery(workspaceId, { endpointId: strict, status: "held", parked: true, lane });
  const [head, second, other] = [await inLine("a"), await inLine("a"), await inLine("b")];
  expect(await retryNow(second)).toBe("out_of_turn");
  expect(await retryNow(head)).toBe("queued");
  expect(await retryNow(second)).toBe("out_of_turn");
  expect(await retryNow(other)).toBe("queued");
  await giveUp(head);
  expect(await retryNow(second)).toBe("queued");
});

test("with strict ordering one that had failed stands in its lane again, and keeps who asked", async () => {
  const strict = await anEndpoint(workspaceId, { ordering: "strict" });
  const id = await aFailedDelivery(workspaceId, { endpointId: strict, lane: "a" });
  expect(await retryNow(id)).toBe("queued");
  expect(await make.theDelivery(id)).toMatchObject({
    status: "queued",
    parked: true,
    nextTrigger: "manual",
    nextActor: "usr_ada",
  });
  expect(await make.liveJobs(id)).toEqual([]);
});

test("retry now sends what was to be delivered later", async () => {
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  await hotSql()`update delivery set next_attempt_at = now() + interval '1 day' where id = ${id}`;
  await hotSql()`update pgboss.job set start_after = now() + interval '1 day' where data ->> 'd' = ${id}`;
  expect(await retryNow(id)).toBe("queued");
  const [job] = await make.liveJobs(id);
  expect(job!.startAfter.getTime()).toBeLessThanOrEqual(Date.now());
  expect(await make.theDelivery(id)).toMatchObject({ nextAttemptAt: null });
});
