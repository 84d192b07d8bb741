import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { continueJob, MOST_UNDER_WAY, startJob, stopJob } from "../../lib/bulk-jobs/commands.ts";
import { finishJob } from "../../lib/bulk-jobs/finish.ts";
import { listFirst, previewRetry } from "../../lib/bulk-jobs/preview-retry.ts";
import { countFailures, findJob, listJobItems, listJobs, listLeftOut } from "../../lib/bulk-jobs/queries.ts";
import { takeTurn } from "../../lib/bulk-jobs/turn.ts";
import { db, hotSql } from "../../lib/db.ts";
import { FROM_THE_FIRST, takeTurn as letOut } from "../../lib/delivery/gate/turn.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
import { ALL_FAILED, aCountedJob, ada, aJob, itemsOf, theJob } from "../support/bulk-jobs.ts";
import { testDatabase } from "../support/database.ts";
import { liveJobs, theDelivery } from "../support/deliveries.ts";
import { aDelivery, aFailedDelivery, anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
let workspaceId = "";
let endpointId = "";

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await anEndpoint(workspaceId);
});

const turn = (jobId: string) => takeTurn(hotSql(), jobId, endpointId);
const becomes = (id: string, status: string, attempts = 11) =>
  hotSql()`update delivery set status = ${status}, parked = false, released = false, attempts = ${attempts} where id = ${id}`;

async function manyFailed(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await hotSql()`
    insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, status, trouble, attempts, finished_at)
    select id, ${workspaceId}, gen_random_uuid(), ${endpointId}, 'order.created', 'failed', true, 10, now()
    from unnest(${ids}::uuid[]) as x (id)`;
  return ids;
}

test("what failed is put in line under the name of whoever asked, and told once it is over", async () => {
  const id = await aFailedDelivery(workspaceId, { endpointId });
  const jobId = await aCountedJob(workspaceId);
  expect(await theJob(jobId)).toMatchObject({ status: "running", total: 1 });
  expect(await turn(jobId)).toMatchObject({ moved: 1 });
  const inLine = { status: "queued", parked: true, nextTrigger: "bulk", nextActor: "usr_ada", finishedAt: null };
  expect(await theDelivery(id)).toMatchObject({ ...inLine, reason: null });
  expect(await turn(jobId)).toMatchObject({ moved: 0, unfinished: true });
  expect(await finishJob(hotSql(), jobId)).toBe(false);
  await becomes(id, "delivered");
  expect(await turn(jobId)).toMatchObject({ moved: 1 });
  expect(await finishJob(hotSql(), jobId)).toBe(true);
  expect(await findJob(workspaceId, jobId)).toMatchObject({ status: "done", over: 1, sums: { delivered: 1, open: 0 } });
});

test.each(["failed", "discarded"])("a job of which something is %s in the end is done with errors", async (status) => {
  const id = await aFailedDelivery(workspaceId, { endpointId });
  const jobId = await aCountedJob(workspaceId);
  await turn(jobId);
  await becomes(id, status);
  await turn(jobId);
  await finishJob(hotSql(), jobId);
  expect(await findJob(workspaceId, jobId)).toMatchObject({ status: "done_with_errors", sums: { [status]: 1 } });
});

test("a job over nothing is done as soon as it is counted", async () => {
  const jobId = await aCountedJob(workspaceId);
  expect(await finishJob(hotSql(), jobId)).toBe(true);
  expect(await theJob(jobId)).toMatchObject({ status: "done", total: 0 });
});

test("what is counted is what is done: whatever fails after that is not part of it", async () => {
  const counted = await manyFailed(2_500);
  const jobId = await aCountedJob(workspaceId);
  await manyFailed(1);
  expect(await theJob(jobId)).toMatchObject({ total: 2_500 });
  expect((await itemsOf(jobId)).map(({ deliveryId }) => deliveryId)).toEqual(counted.toSorted());
});

test("of a large job only so many stand in line at once, the oldest or the newest first", async () => {
  const ids = (await manyFailed(1_200)).toSorted();
  const jobs = [await aCountedJob(workspaceId)];
  for (let n = 0; n < 4; n++) await turn(jobs[0]!);
  expect(await findJob(workspaceId, jobs[0]!)).toMatchObject({ sums: { open: 1_000, waiting: 200 } });
  expect((await theDelivery(ids[999]!)).parked).toBe(true);
  expect((await theDelivery(ids[1_000]!)).status).toBe("failed");
  await stopJob(workspaceId, jobs[0]!, ada);
  jobs.push(await aCountedJob(workspaceId, { scope: { order: "newest" } }));
  await turn(jobs[1]!);
  expect((await theDelivery(ids[1_199]!)).parked).toBe(true);
  expect((await theDelivery(ids[0]!)).status).toBe("failed");
});

test("with a pace, no more than that are put in line in a second", async () => {
  await manyFailed(50);
  const jobId = await aCountedJob(workspaceId, { pace: 4 });
  await turn(jobId);
  await turn(jobId);
  const began = (await findJob(workspaceId, jobId))!;
  expect(began.sums.open).toBe(4);
  await hotSql()`update bulk_job_endpoint set tokens_at = tokens_at - interval '500 milliseconds' where job_id = ${jobId}`;
  await turn(jobId);
  expect((await findJob(workspaceId, jobId))!.sums.open).toBeGreaterThanOrEqual(6);
  expect((await findJob(workspaceId, jobId))!.sums.open).toBeLessThanOrEqual(8);
});

async function withJob(id: string, state: "created" | "active") {
  const { eventId } = await theDelivery(id);
  await hotSql().begin((tx) =>
    enqueueDeliveries(tx, [{ job: { d: id, e: eventId, p: endpointId }, startAfter: 3_600 }]),
  );
  await hotSql()`update pgboss.job set state = ${state} where data ->> 'd' = ${id}`;
}

test("what must not or need not be attempted is left out and untouched, and the job says why", async () => {
  const give = (values: Parameters<typeof aDelivery>[1]) => aDelivery(workspaceId, { trouble: true, ...values });
  const paused = await anEndpoint(workspaceId, { status: "paused" });
  const disabled = await anEndpoint(workspaceId, { status: "disabled" });
  const deleted = await anEndpoint(workspaceId, { deletedAt: new Date() });
  const cases = {
    delivered: await give({ endpointId, status: "delivered" }),
    on_its_way: await give({ endpointId, status: "queued" }),
    in_line: await give({ endpointId, status: "held", parked: true }),
    endpoint_paused: await give({ endpointId: paused, status: "failed" }),
    endpoint_disabled: await give({ endpointId: disabled, status: "failed" }),
    endpoint_deleted: await give({ endpointId: deleted, status: "failed" }),
    gone: await give({ endpointId, status: "failed" }),
  };
  const inFlight = await give({ endpointId, status: "discarded" });
  await withJob(inFlight, "active");
  const claimed = await give({ endpointId, status: "retrying" });
  await withJob(claimed, "active");
  const ids = [...Object.values(cases), inFlight, claimed];
  const jobId = await aCountedJob(workspaceId, { scope: { over: { by: "ids", ids } } });
  await hotSql()`delete from delivery where id = ${cases.gone}`;
  const before = await Promise.all(ids.filter((id) => id !== cases.gone).map(theDelivery));
  for (const id of [endpointId, paused, disabled, deleted]) await takeTurn(hotSql(), jobId, id);
  expect(await Promise.all(ids.filter((id) => id !== cases.gone).map(theDelivery))).toEqual(before);
  const items = new Map((await itemsOf(jobId)).map((item) => [item.deliveryId, item]));
  for (const [why, id] of Object.entries(cases))
    expect(items.get(id)).toMatchObject({ state: "skipped", skipped: why });
  for (const id of [inFlight, claimed]) expect(items.get(id)).toMatchObject({ skipped: "on_its_way" });
  expect(await listLeftOut(workspaceId, jobId)).toContainEqual({ why: "on_its_way", count: 3 });
  await finishJob(hotSql(), jobId);
  expect(await theJob(jobId)).toMatchObject({ status: "done" });
});

test("one that waits for its planned attempt is put in line instead, and has no second job", async () => {
  const id = await aDelivery(workspaceId, { endpointId, status: "retrying", trouble: true, attempts: 2 });
  await withJob(id, "created");
  const jobId = await aCountedJob(workspaceId, { scope: { over: { by: "ids", ids: [id] } } });
  await turn(jobId);
  expect(await theDelivery(id)).toMatchObject({ status: "queued", parked: true, nextTrigger: "bulk", attempts: 2 });
  expect(await liveJobs(id)).toEqual([]);
  await stopJob(workspaceId, jobId, ada);
  // It would have gone out without the job, so it still does.
  expect(await theDelivery(id)).toMatchObject({ status: "queued", parked: true });
});

test("what has reached its endpoint by another delivery is left out, unless that is not to count", async () => {
  const eventId = newId();
  const id = await aFailedDelivery(workspaceId, { endpointId, eventId });
  await aDelivery(workspaceId, { endpointId, eventId, status: "delivered", replayOf: id });
  const careful = await aCountedJob(workspaceId);
  await turn(careful);
  expect(await itemsOf(careful)).toMatchObject([{ state: "skipped", skipped: "delivered_otherwise" }]);
  const all = await aCountedJob(workspaceId, { scope: { skipDelivered: false } });
  await turn(all);
  expect(await itemsOf(all)).toMatchObject([{ state: "open" }]);
});

test("of two deliveries of one event a job takes one, and says so before and after", async () => {
  const eventId = newId();
  const first = await aFailedDelivery(workspaceId, { endpointId, eventId });
  await aFailedDelivery(workspaceId, { endpointId, eventId, replayOf: first });
  await aFailedDelivery(workspaceId, { endpointId: await anEndpoint(workspaceId), eventId });
  const left = [{ why: "same_event", count: 1 }];
  expect(await previewRetry(workspaceId, ALL_FAILED)).toMatchObject({ matching: 3, willRun: 2, leftOut: left });
  expect((await listFirst(workspaceId, ALL_FAILED, 20))?.map(({ why }) => why)).toEqual([null, "same_event", null]);
  const jobId = await aCountedJob(workspaceId, { pace: 1 });
  await turn(jobId);
  await becomes(first, "failed");
  await hotSql()`update bulk_job_endpoint set tokens_at = tokens_at - interval '9 seconds' where job_id = ${jobId}`;
  await turn(jobId);
  expect(await listLeftOut(workspaceId, jobId)).toEqual(left);
  const all = await aCountedJob(workspaceId, { scope: { skipDelivered: false } });
  await turn(all);
  expect(await findJob(workspaceId, all)).toMatchObject({ sums: { open: 2 } });
});

test("a stop takes out of the line what was not let out yet, and going on puts it back", async () => {
  const values = { endpointId, reason: "All used up", finishedAt: new Date() };
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push(await aFailedDelivery(workspaceId, values));
  const before = await theDelivery(ids[4]!);
  const jobId = await aCountedJob(workspaceId);
  await turn(jobId);
  await hotSql()`update endpoint set max_in_flight = 2 where id = ${endpointId}`;
  expect((await letOut(hotSql(), endpointId, FROM_THE_FIRST)).moved).toBe(2);
  expect(await stopJob(workspaceId, jobId, ada)).toBe("stopped");
  expect(await findJob(workspaceId, jobId)).toMatchObject({ status: "stopped", sums: { open: 2, waiting: 3 } });
  for (const id of ids.slice(2)) expect(await liveJobs(id)).toEqual([]);
  expect(await theDelivery(ids[4]!)).toEqual(before);
  await turn(jobId);
  expect(await theDelivery(ids[4]!)).toEqual(before);
  for (const id of ids.slice(0, 2)) await becomes(id, "delivered");
  await turn(jobId);
  expect(await findJob(workspaceId, jobId)).toMatchObject({ status: "stopped", sums: { delivered: 2, waiting: 3 } });
  expect(await continueJob(workspaceId, jobId, ada)).toBe("continued");
  await turn(jobId);
  const states = (await itemsOf(jobId)).map(({ state }) => state);
  expect(states).toEqual(["delivered", "delivered", "open", "open", "open"]);
  for (const id of ids.slice(2)) expect(await theDelivery(id)).toMatchObject({ status: "queued", parked: true });
});

test("a job that was stopped while it was counted goes on counting", async () => {
  await manyFailed(3);
  const jobId = await aJob(workspaceId);
  await stopJob(workspaceId, jobId, ada);
  expect(await continueJob(workspaceId, jobId, ada)).toBe("continued");
  expect(await theJob(jobId)).toMatchObject({ status: "counting", total: 0 });
});

test("an endpoint that is paused in the middle gets none: what stood in its line has failed as before", async () => {
  const ids = await manyFailed(3);
  const jobId = await aCountedJob(workspaceId);
  await turn(jobId);
  await hotSql()`update endpoint set status = 'paused' where id = ${endpointId}`;
  while ((await turn(jobId)).moved > 0);
  expect(await listLeftOut(workspaceId, jobId)).toEqual([{ why: "endpoint_paused", count: 3 }]);
  for (const id of ids) expect(await theDelivery(id)).toMatchObject({ status: "failed", parked: false });
  expect(await finishJob(hotSql(), jobId)).toBe(true);
});

test("a job over the failures of another takes those that still have failed", async () => {
  const ids = await manyFailed(3);
  const first = await aCountedJob(workspaceId);
  await turn(first);
  await becomes(ids[0]!, "delivered");
  for (const id of ids.slice(1)) await becomes(id, "failed");
  await turn(first);
  expect(await countFailures(workspaceId, first)).toBe(2);
  await becomes(ids[1]!, "delivered", 12);
  expect(await countFailures(workspaceId, first)).toBe(1);
  const again = await aCountedJob(workspaceId, { scope: { over: { by: "failures", jobId: first } } });
  expect((await itemsOf(again)).map(({ deliveryId }) => deliveryId)).toEqual([ids[2]]);
});

test("a form that is sent twice starts one job, and a workspace has only so many under way", async () => {
  const job = {
    id: newId(),
    kind: "retry" as const,
    scope: ALL_FAILED,
    pace: null,
    sentence: "Retry failed deliveries",
  };
  const both = await Promise.all([startJob(workspaceId, job, ada), startJob(workspaceId, job, ada)]);
  expect(both).toEqual(["started", "started"]);
  expect((await listJobs(workspaceId)).rows).toHaveLength(1);
  expect(await startJob(await aWorkspace(), job, ada)).toBe("taken");
  for (let n = 1; n < MOST_UNDER_WAY; n++) await aJob(workspaceId);
  expect(await startJob(workspaceId, { ...job, id: newId() }, ada)).toBe("too_many");
  await stopJob(workspaceId, job.id, ada);
  await aJob(workspaceId);
  expect(await continueJob(workspaceId, job.id, ada)).toBe("too_many");
});

test("to a stranger a job does not exist, and its deliveries are out of a stranger's reach", async () => {
  const id = await aFailedDelivery(workspaceId, { endpointId });
  const jobId = await aCountedJob(workspaceId);
  const stranger = await aWorkspace();
  expect(await findJob(stranger, jobId)).toBeNull();
  expect(await stopJob(stranger, jobId, ada)).toBe("not_found");
  expect(await continueJob(stranger, jobId, ada)).toBe("not_found");
  expect((await listJobItems(stranger, jobId, {}, { limit: 10 })).rows).toEqual([]);
  expect(await listLeftOut(stranger, jobId)).toEqual([]);
  for (const over of [
    { by: "ids" as const, ids: [id] },
    { by: "failures" as const, jobId },
    { by: "deliveries" as const, filter: { endpointId } },
  ]) {
    expect(await theJob(await aCountedJob(stranger, { scope: { over } }))).toMatchObject({ total: 0 });
  }
  expect(await theDelivery(id)).toMatchObject({ status: "failed" });
});

test("who started, stopped and continued a job is in the audit log", async () => {
  const jobId = await aCountedJob(workspaceId);
  await stopJob(workspaceId, jobId, ada);
  expect(await stopJob(workspaceId, jobId, ada)).toBe("not_under_way");
  await continueJob(workspaceId, jobId, ada);
  expect(await continueJob(workspaceId, jobId, ada)).toBe("not_stopped");
  const target = formatId("job", jobId);
  const trail = await db()
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.workspaceId, workspaceId))
    .orderBy(auditEntry.id);
  expect(trail).toMatchObject(
    ["started", "stopped", "continued"].map((verb) => ({ action: `bulk_job.${verb}`, actor: "usr_ada", target })),
  );
});
