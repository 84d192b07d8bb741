import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endpointState } from "../../drizzle/schema/configuration.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db, hotSql } from "../../lib/db.ts";
import type { CallResult } from "../../lib/delivery/call.ts";
import { CLOSED } from "../../lib/delivery/circuit.ts";
import { record } from "../../lib/delivery/record.ts";
import type { AttemptRecord, Settlement } from "../../lib/delivery/settlement.ts";
import { resumeEndpoint, updateEndpoint } from "../../lib/endpoints/commands.ts";
import { claimJobs } from "../../lib/queue/claim.ts";
import type { DeliveryJob } from "../../lib/queue/jobs.ts";
import { failed, SUCCEEDED } from "../support/calls.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { aWorkspace } from "../support/traffic.ts";

// What recording attempts does to an endpoint's circuit. No worker runs: every claim is settled by hand.

await testDatabase();
let workspaceId = "";
let endpointId = "";

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await make.aSignedEndpoint(workspaceId, {});
});
afterEach(async () => {
  await hotSql()`delete from pgboss.job`;
});

async function state() {
  const [row] = await db().select().from(endpointState).where(eq(endpointState.endpointId, endpointId));
  return row;
}

/** Queues so many deliveries and claims them. */
async function claimed(count: number, trigger?: DeliveryJob["t"]) {
  for (let n = 0; n < count; n++) await make.aQueuedDelivery(workspaceId, endpointId);
  const { jobs } = await claimJobs(512);
  return jobs.map((job) => ({ ...job, data: { ...job.data, ...(trigger && { t: trigger }) } }));
}
type Job = Awaited<ReturnType<typeof claimed>>[number];

const asAttempt = (result: CallResult, job: Job): AttemptRecord => ({
  ...result,
  number: 1,
  startedAt: new Date(),
  trigger: job.data.t ?? "first",
  actor: null,
  requestHeaders: null,
  retryAfterSeconds: null,
});

function settled(job: Job, result: CallResult | null, values: Partial<Settlement> = {}): Settlement {
  const status = result?.outcome === "success" ? "delivered" : "failed";
  return {
    job,
    workspaceId,
    eventType: "order.created",
    test: false,
    attempts: result ? [asAttempt(result, job)] : [],
    change: { status, trouble: true, parked: false, scheduleStep: 0, nextInSeconds: null, reason: null },
    next: null,
    version: 1,
    disable: null,
    ...values,
  };
}

async function ended(results: CallResult[], trigger?: DeliveryJob["t"], values: Partial<Settlement> = {}) {
  const jobs = await claimed(results.length, trigger);
  await record(
    hotSql(),
    jobs.map((job, n) => settled(job, results[n]!, values)),
    0,
  );
}
const times = (count: number, result: CallResult) => Array.from({ length: count }, () => result);

/** What the releaser does when the time for a probe has come. */
async function letOutAProbe() {
  await hotSql()`update endpoint_state set circuit = 'half_open' where endpoint_id = ${endpointId}`;
}

test("ten failures in a row open the circuit and say why; nine do not", async () => {
  await ended(times(9, failed(500)));
  expect(await state()).toMatchObject({ circuit: "closed", failuresInARow: 9, circuitReason: null });
  await ended([failed(503)]);
  const open = (await state())!;
  expect(open).toMatchObject({
    circuit: "open",
    failuresInARow: 10,
    circuitReason: "10 attempts in a row failed, the last with 503",
    circuitSince: expect.any(Date),
  });
  expect(open.probeAt!.getTime() - open.circuitSince!.getTime()).toBeGreaterThanOrEqual(24_000);
});

test("failures that several writers record at the same moment are all counted, in whatever order", async () => {
  const other = await make.aSignedEndpoint(workspaceId, {});
  const mine = await claimed(40);
  for (let n = 0; n < 40; n++) await make.aQueuedDelivery(workspaceId, other);
  const theirs = (await claimJobs(512)).jobs;
  const writers = Array.from({ length: 8 }, (_, w) => {
    const batch = [...mine, ...theirs].filter((_, n) => n % 8 === w);
    // Half of them in the opposite order: rows are locked by their keys all the same.
    return record(
      hotSql(),
      (w % 2 ? batch.toReversed() : batch).map((job) => settled(job, failed(500))),
      w,
    );
  });
  await Promise.all(writers);
  const rows = await db().select().from(endpointState);
  const both = rows.filter((row) => [endpointId, other].includes(row.endpointId));
  expect(both).toMatchObject([{ circuit: "open" }, { circuit: "open" }]);
});

test("an endpoint without trouble is written as rarely as before: its row stays while successes go by", async () => {
  await ended([SUCCEEDED]);
  const before = await hotSql()`select xmin::text, * from endpoint_state where endpoint_id = ${endpointId}`;
  await ended(times(5, SUCCEEDED));
  const after = await hotSql()`select xmin::text, * from endpoint_state where endpoint_id = ${endpointId}`;
  expect(after).toEqual(before);
  expect(after[0]).toMatchObject({ window_attempts: 0, failures_in_a_row: 0 });
});

test("an endpoint that fails now and then is not written with every success in between", async () => {
  await ended([SUCCEEDED, failed(500), SUCCEEDED, SUCCEEDED]);
  expect(await state()).toMatchObject({ circuit: "closed", windowFailed: 1, failuresInARow: 0 });
  const before = await hotSql()`select xmin::text from endpoint_state where endpoint_id = ${endpointId}`;
  await ended([SUCCEEDED]);
  expect(await hotSql()`select xmin::text from endpoint_state where endpoint_id = ${endpointId}`).toEqual(before);
});

test("successes that were not written count once something fails", async () => {
  await ended([SUCCEEDED]);
  await ended(times(30, SUCCEEDED));
  await ended(times(9, failed(500)));
  expect(await state()).toMatchObject({ circuit: "closed", windowFailed: 9 });
  expect((await state())!.windowAttempts).toBeGreaterThanOrEqual(39);
});

test("a failed probe opens the circuit again for longer, a successful one closes it", async () => {
  await ended(times(10, failed(500)));
  const opened = (await state())!.circuitSince;
  await letOutAProbe();
  await ended([failed(500)], "probe");
  expect(await state()).toMatchObject({ circuit: "open", failedProbes: 1, circuitSince: opened });
  await letOutAProbe();
  await ended([SUCCEEDED], "probe");
  expect(await state()).toMatchObject({ ...CLOSED, circuitSince: expect.any(Date), failingSince: null });
});

test("while a probe is on its way, what was sent before and ends late decides nothing", async () => {
  const late = await claimed(2);
  await ended(times(10, failed(500)));
  await letOutAProbe();
  await record(hotSql(), [settled(late[0]!, SUCCEEDED), settled(late[1]!, failed(500))], 0);
  expect(await state()).toMatchObject({ circuit: "half_open", failedProbes: 0 });
});

test("a late success delivers, and leaves an open circuit open; one that somebody asked for closes it", async () => {
  const late = await claimed(1);
  await ended(times(10, failed(500)));
  await record(hotSql(), [settled(late[0]!, SUCCEEDED)], 0);
  expect(await make.theDelivery(late[0]!.data.d)).toMatchObject({ status: "delivered" });
  expect(await state()).toMatchObject({ circuit: "open" });
  await ended([SUCCEEDED], "manual");
  expect(await state()).toMatchObject({ circuit: "closed" });
});

test("a probe that ended without a call is replaced by another one soon", async () => {
  await ended(times(10, failed(500)));
  await letOutAProbe();
  const [job] = await claimed(1, "probe");
  await record(hotSql(), [settled(job!, null)], 0);
  const { circuit, probeAt, failedProbes } = (await state())!;
  expect({ circuit, failedProbes }).toEqual({ circuit: "open", failedProbes: 0 });
  expect(probeAt!.getTime()).toBeLessThan(Date.now() + 5_000);
});

test("a probe that a stopping worker queued again is still awaited", async () => {
  await ended(times(10, failed(500)));
  await letOutAProbe();
  const [job] = await claimed(1, "probe");
  const interrupted = { ...failed(0), outcome: "interrupted", statusCode: null } as const;
  const next = { job: job!.data, startAfterSeconds: 0 };
  await record(hotSql(), [settled(job!, interrupted, { next })], 0);
  expect(await state()).toMatchObject({ circuit: "half_open" });
});

test("whoever edits or resumes the endpoint closes its circuit, and what the old one answers no longer counts", async () => {
  const before = await claimed(20);
  await ended(times(10, failed(500)));
  await letOutAProbe();
  await updateEndpoint(workspaceId, endpointId, { url: "https://api.acme.test/new" }, SYSTEM);
  expect(await state()).toMatchObject({ ...CLOSED, circuitSince: expect.any(Date) });
  await record(
    hotSql(),
    before.map((job) => settled(job, failed(500))),
    0,
  );
  await ended([failed(500)], "probe");
  expect(await state()).toMatchObject({ circuit: "closed", failuresInARow: 0 });

  await ended(times(10, failed(500)), undefined, { version: 2 });
  await hotSql()`update endpoint set status = 'paused' where id = ${endpointId}`;
  await resumeEndpoint(workspaceId, endpointId, SYSTEM);
  expect(await state()).toMatchObject({ circuit: "closed" });
});

test("an endpoint that answers 429 with Retry-After is slowed down, and its circuit stays closed", async () => {
  const [first, second] = await claimed(2);
  const attempt = { ...asAttempt(failed(429), first!), retryAfterSeconds: 40 };
  await record(hotSql(), [settled(first!, null, { attempts: [attempt] })], 0);
  const slow = (await state())!;
  expect(slow).toMatchObject({ circuit: "closed", slowdowns: 1, failuresInARow: 0 });
  expect(slow.slowedUntil!.getTime()).toBeGreaterThanOrEqual(Date.now() + 39_000);
  await record(hotSql(), [settled(second!, SUCCEEDED)], 0);
  expect((await state())!.slowedUntil).toEqual(slow.slowedUntil);
});

test("test traffic never opens a circuit", async () => {
  await ended(times(20, failed(500)), undefined, { test: true });
  expect(await state()).toBeUndefined();
});
