import { eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { endpoint, endpointSecret, endpointState } from "../../drizzle/schema/configuration.ts";
import { auditEntry, workspace } from "../../drizzle/schema/people.ts";
import { db, hotSql } from "../../lib/db.ts";
import type { CallResult } from "../../lib/delivery/call.ts";
import { MOST_CRASHES } from "../../lib/delivery/decide.ts";
import { disableHopeless } from "../../lib/delivery/disable.ts";
import { releaseParked } from "../../lib/delivery/release.ts";
import type { Send } from "../../lib/delivery/send.ts";
import { sweepAll, sweepRecent } from "../../lib/delivery/sweep.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { claimJobs } from "../../lib/queue/claim.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
let workspaceId = "";
let receiver: FaultReceiver;
const workers: make.TestWorker[] = [];

beforeAll(async () => {
  receiver = await faultReceiver();
});
beforeEach(async () => {
  workspaceId = await aWorkspace();
  return async () => {
    for (const worker of workers.splice(0)) await worker.stop(0);
    await hotSql()`delete from pgboss.job`;
    await hotSql()`update delivery set status = 'discarded', parked = false where status in ('queued', 'retrying', 'held')`;
  };
});
afterAll(() => receiver.close());

function work(options: Parameters<typeof make.aWorker>[0] = {}): make.TestWorker {
  const worker = make.aWorker(options);
  workers.push(worker);
  return worker;
}

const anEndpointAt = (path: string, values: Partial<typeof endpoint.$inferInsert> = {}) =>
  make.aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, timeoutSeconds: 5, ...values });

async function setStatus(endpointId: string, status: "active" | "paused" | "disabled", reason: string | null = null) {
  await hotSql()`update endpoint set status = ${status}, status_reason = ${reason}, version = version + 1 where id = ${endpointId}`;
}

const statusOf = async (id: string) => (await make.theDelivery(id)).status;

const SUCCESS: CallResult = {
  outcome: "success",
  statusCode: 200,
  detail: null,
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: 1,
  totalMs: 1,
  reusedConnection: false,
  responseHeaders: [],
  responseBody: null,
  responseCut: false,
  remoteAddress: "127.0.0.1",
};
const FAILURE: CallResult = { ...SUCCESS, outcome: "http_error", statusCode: 500 };

/** Heartbeats that stopped: what pg-boss' supervisor does with them after 15 seconds. */
async function loseClaims(): Promise<void> {
  await hotSql()`update pgboss.job set state = 'retry' where state = 'active'`;
}

test("while a secret is rotated a receiver with the old one and one with the new one accept every delivery", async () => {
  const endpointId = await anEndpointAt("/ok/rotation");
  work();
  const first = await make.aQueuedDelivery(workspaceId, endpointId);
  await eventually(async () => (await statusOf(first)) === "delivered");

  const fresh = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
  await db()
    .update(endpointSecret)
    .set({ expiresAt: new Date(Date.now() + 60_000) })
    .where(eq(endpointSecret.endpointId, endpointId));
  await make.addSecret(endpointId, fresh);
  await hotSql()`update endpoint set version = version + 1 where id = ${endpointId}`;
  const second = await make.aQueuedDelivery(workspaceId, endpointId);
  await eventually(async () => (await statusOf(second)) === "delivered");

  const call = receiver.calls.filter(({ path }) => path === "/ok/rotation").at(-1)!;
  for (const secret of [make.SECRET, fresh]) {
    expect(() =>
      new Webhook(secret).verify(call.body.toString(), call.headers as Record<string, string>),
    ).not.toThrow();
  }
});

test("410 fails the delivery, disables the endpoint on record, and what waits for it is held, not lost", async () => {
  const endpointId = await anEndpointAt("/status/410");
  const before = await db().select().from(workspace).where(eq(workspace.id, workspaceId));
  work();
  const gone = await make.aQueuedDelivery(workspaceId, endpointId);
  await eventually(async () => (await statusOf(gone)) === "failed");
  const waiting = await make.aQueuedDelivery(workspaceId, endpointId);
  await eventually(async () => (await statusOf(waiting)) === "held");

  const [row] = await db().select().from(endpoint).where(eq(endpoint.id, endpointId));
  expect(row).toMatchObject({
    status: "disabled",
    statusActor: "system",
    statusReason: expect.stringContaining("410"),
  });
  expect(await make.theDelivery(gone)).toMatchObject({ reason: expect.stringContaining("410"), attempts: 1 });
  expect(await make.theDelivery(waiting)).toMatchObject({
    parked: true,
    reason: expect.stringContaining("disabled: it answered 410"),
  });
  const [after] = await db().select().from(workspace).where(eq(workspace.id, workspaceId));
  expect(after!.routingVersion).toBeGreaterThan(before[0]!.routingVersion);
  expect(await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId))).toMatchObject([
    { action: "endpoint.disabled", actor: "system" },
  ]);
});

test("a 410 from the URL that an endpoint had before does not disable the one it has now", async () => {
  const endpointId = await anEndpointAt("/moved");
  const send: Send = async () => {
    await hotSql()`update endpoint set url = ${`${receiver.url}/ok`}, version = version + 1 where id = ${endpointId}`;
    return { ...FAILURE, statusCode: 410 };
  };
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  work({ send });
  await eventually(async () => (await statusOf(id)) === "failed");
  expect(await db().select().from(endpoint).where(eq(endpoint.id, endpointId))).toMatchObject([{ status: "active" }]);
});

test("a paused endpoint holds its deliveries without jobs; active again it gets all of them, the oldest first", async () => {
  const endpointId = await anEndpointAt("/ok/paused", { status: "paused" });
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push(await make.aQueuedDelivery(workspaceId, endpointId, { payload: `{"n":${n}}` }));
  work({ concurrency: 1 });
  await eventually(async () => (await Promise.all(ids.map(statusOf))).every((status) => status === "held"));
  expect(await make.liveJobs(ids[0]!)).toEqual([]);
  expect(await releaseParked(hotSql())).toBe(0);

  await setStatus(endpointId, "active");
  expect(await releaseParked(hotSql())).toBe(12);
  await eventually(async () => (await Promise.all(ids.map(statusOf))).every((status) => status === "delivered"));
  const calls = receiver.calls.filter(({ path }) => path === "/ok/paused");
  expect(calls.map(({ body }) => JSON.parse(body.toString()).data.n)).toEqual(ids.map((_, n) => n));
});

test("what is held for an endpoint that was deleted is discarded, with the reason", async () => {
  const endpointId = await anEndpointAt("/ok", { status: "paused" });
  const held = await make.aQueuedDelivery(workspaceId, endpointId);
  work();
  await eventually(async () => (await statusOf(held)) === "held");
  await hotSql()`update endpoint set deleted_at = now() where id = ${endpointId}`;
  await releaseParked(hotSql());
  expect(await make.theDelivery(held)).toMatchObject({
    status: "discarded",
    parked: false,
    reason: "The endpoint was deleted",
  });

  const late = await make.aQueuedDelivery(workspaceId, endpointId);
  await eventually(async () => (await statusOf(late)) === "discarded");
  expect(await make.liveJobs(late)).toEqual([]);
});

test("an attempt that a crash cut off is on record when its delivery is taken up again, and uses no step", async () => {
  const id = await make.aQueuedDelivery(workspaceId, await anEndpointAt("/ok"));
  const { jobs } = await claimJobs(8);
  expect(jobs).toHaveLength(1);
  await loseClaims();
  work();
  await eventually(async () => (await statusOf(id)) === "delivered");
  expect(await make.attemptsOf(id)).toMatchObject([
    { number: 1, trigger: "first", outcome: "interrupted" },
    { number: 2, trigger: "recovery", outcome: "success" },
  ]);
  expect(await make.theDelivery(id)).toMatchObject({ attempts: 2, scheduleStep: 0 });
});

test("a database that was away when a claim was read is no crash: nothing is on record but the attempt itself", async () => {
  const id = await make.aQueuedDelivery(workspaceId, await anEndpointAt("/ok"));
  let cut = 3;
  const sql = new Proxy(hotSql(), {
    apply(target, self, query) {
      if (cut-- <= 0) return Reflect.apply(target, self, query);
      return Promise.reject(Object.assign(new Error("terminating connection"), { code: "57P01" }));
    },
  });
  work({ sql });
  await eventually(async () => (await statusOf(id)) === "delivered");
  expect(await make.attemptsOf(id)).toMatchObject([{ number: 1, trigger: "first", outcome: "success" }]);
});

test("a delivery that cut off one worker after the other is given up, with the reason", async () => {
  const id = await make.aQueuedDelivery(workspaceId, await anEndpointAt("/ok/poison"));
  for (let crash = 0; crash < MOST_CRASHES; crash++) {
    await claimJobs(1);
    await loseClaims();
  }
  work();
  await eventually(async () => (await statusOf(id)) === "failed");
  expect(await make.theDelivery(id)).toMatchObject({
    reason: expect.stringContaining(`cut off ${MOST_CRASHES} times`),
  });
  expect(receiver.calls.filter(({ path }) => path === "/ok/poison")).toEqual([]);
});

test("a frozen worker that comes back late records nothing over what another has done since", async () => {
  const id = await make.aQueuedDelivery(workspaceId, await anEndpointAt("/ok"));
  let thaw = () => {};
  const frozen = new Promise<void>((resolve) => {
    thaw = resolve;
  });
  let called = false;
  const late: Send = async () => {
    called = true;
    await frozen;
    return FAILURE;
  };
  const first = work({ send: late });
  await eventually(() => called);
  await loseClaims();
  work({ send: async () => SUCCESS, slot: 1 });
  await eventually(async () => (await statusOf(id)) === "delivered");
  thaw();
  await first.stop();

  expect(await make.theDelivery(id)).toMatchObject({ status: "delivered", attempts: 2 });
  expect(await make.attemptsOf(id)).toMatchObject([{ outcome: "interrupted" }, { outcome: "success" }]);
  expect(await make.liveJobs(id)).toEqual([]);
});

test("a worker that is stopped lets what is on its way finish", async () => {
  const id = await make.aQueuedDelivery(workspaceId, await anEndpointAt("/slow/300"));
  const worker = work();
  await eventually(async () => receiver.calls.some(({ path }) => path === "/slow/300"));
  await worker.stop(5_000);
  expect(await make.theDelivery(id)).toMatchObject({ status: "delivered", attempts: 1 });
});

test("what does not finish in time is cut off on record and queued again at once", async () => {
  const id = await make.aQueuedDelivery(workspaceId, await anEndpointAt("/hang"));
  const worker = work();
  await eventually(async () => receiver.calls.some(({ path }) => path === "/hang"));
  await worker.stop(50);
  expect(await make.attemptsOf(id)).toMatchObject([
    { outcome: "interrupted", detail: expect.stringContaining("stopped") },
  ]);
  expect(await make.liveJobs(id)).toMatchObject([{ state: "created" }]);
  expect(await make.theDelivery(id)).toMatchObject({ status: "queued", attempts: 1, scheduleStep: 0 });
});

test("the sweep gives a delivery that lost its job a new one, and only that one", async () => {
  const endpointId = await anEndpointAt("/ok");
  const [lost, fine] = [
    await make.aQueuedDelivery(workspaceId, endpointId),
    await make.aQueuedDelivery(workspaceId, endpointId),
  ];
  await hotSql()`delete from pgboss.job where data ->> 'd' = ${lost}`;
  expect(await sweepRecent(hotSql())).toBe(1);
  expect(await sweepAll(hotSql())).toBe(0);
  expect([await make.liveJobs(lost), await make.liveJobs(fine)].map((jobs) => jobs.length)).toEqual([1, 1]);
  work();
  await eventually(async () => (await statusOf(lost)) === "delivered");
});

test("a held delivery that lost both its place in line and its job is found by the sweep", async () => {
  const id = await make.aQueuedDelivery(workspaceId, await make.aSignedEndpoint(workspaceId, {}));
  await hotSql()`delete from pgboss.job where data ->> 'd' = ${id}`;
  await hotSql()`update delivery set status = 'held', parked = false where id = ${id}`;
  expect(await sweepAll(hotSql())).toBe(1);
  expect(await make.liveJobs(id)).toHaveLength(1);
});

test("the sweep repairs a queue that was emptied as a whole, however long it was", async () => {
  const endpointId = await anEndpointAt("/ok");
  const { eventId } = await make.theDelivery(await make.aQueuedDelivery(workspaceId, endpointId));
  await hotSql()`delete from pgboss.job`;
  const ids = Array.from({ length: 2_100 }, newId);
  await hotSql()`
    insert into delivery (id, workspace_id, event_id, endpoint_id, event_type)
    select id, ${workspaceId}, ${eventId}, ${endpointId}, 'order.created' from unnest(${ids}::uuid[]) as id`;
  expect(await sweepAll(hotSql())).toBe(2_101);
  expect(await sweepAll(hotSql())).toBe(0);
});

test("a delivery cannot have two live jobs: the second is refused with everything in its transaction", async () => {
  const endpointId = await anEndpointAt("/ok");
  const id = await make.aQueuedDelivery(workspaceId, endpointId);
  const { eventId } = await make.theDelivery(id);
  const twice = hotSql().begin((tx) => enqueueDeliveries(tx, [{ job: { d: id, e: eventId, p: endpointId } }]));
  await expect(twice).rejects.toThrow(/0 of 1/);
  expect(await make.liveJobs(id)).toHaveLength(1);
});

test("counts equal what happened, test traffic left out", async () => {
  const [good, bad] = [await anEndpointAt("/ok"), await anEndpointAt("/status/500", { retrySchedule: [] })];
  const retried = await anEndpointAt("/status/503");
  const ids = await Promise.all([
    ...Array.from({ length: 30 }, () => make.aQueuedDelivery(workspaceId, good)),
    ...Array.from({ length: 5 }, () => make.aQueuedDelivery(workspaceId, good, { test: true })),
    ...Array.from({ length: 7 }, () => make.aQueuedDelivery(workspaceId, bad)),
    ...Array.from({ length: 4 }, () => make.aQueuedDelivery(workspaceId, retried)),
  ]);
  work();
  await eventually(async () => !(await Promise.all(ids.map(statusOf))).includes("queued"));

  const rows = await hotSql()`
    select endpoint_id as id, sum(delivered)::int as delivered, sum(failed)::int as failed, sum(retried)::int as retried,
      sum((select sum(n) from unnest(latency) as u (n)))::int as attempts
    from delivery_stat where workspace_id = ${workspaceId} group by 1`;
  expect(new Map(rows.map(({ id, ...counts }) => [id, counts]))).toEqual(
    new Map([
      [good, { delivered: 30, failed: 0, retried: 0, attempts: 30 }],
      [bad, { delivered: 0, failed: 7, retried: 0, attempts: 7 }],
      [retried, { delivered: 0, failed: 0, retried: 4, attempts: 4 }],
    ]),
  );
  const states = await db().select().from(endpointState);
  const failing = (id: string) => states.find(({ endpointId }) => endpointId === id)?.failingSince;
  expect([failing(good), failing(bad)]).toEqual([null, expect.any(Date)]);
});

test("five days of failures without a success disable an endpoint, counted from when it was last turned on", async () => {
  const [hopeless, fresh] = [await anEndpointAt("/status/500"), await anEndpointAt("/status/500")];
  await hotSql()`update endpoint set status_since = now() - interval '9 days' where id = ${hopeless}`;
  for (const endpointId of [hopeless, fresh]) {
    await db()
      .insert(endpointState)
      .values({
        endpointId,
        failingSince: new Date(Date.now() - 6 * 86_400_000),
        lastFailureAt: new Date(),
        lastOutcome: "timeout",
      });
  }
  expect(await disableHopeless(hotSql())).toBe(1);
  const [row] = await db().select().from(endpoint).where(eq(endpoint.id, hopeless));
  expect(row).toMatchObject({ status: "disabled", statusReason: expect.stringContaining("5 days") });
});

test("an endpoint whose secret cannot be read has a visible attempt, and the worker goes on", async () => {
  const endpointId = await anEndpointAt("/ok/unreadable");
  await hotSql()`update endpoint_secret set encrypted = '\\x00' where endpoint_id = ${endpointId}`;
  const broken = await make.aQueuedDelivery(workspaceId, endpointId);
  const fine = await make.aQueuedDelivery(workspaceId, await anEndpointAt("/ok"));
  work();
  await eventually(async () => (await statusOf(fine)) === "delivered");
  await eventually(async () => (await statusOf(broken)) === "retrying");
  expect(await make.attemptsOf(broken)).toMatchObject([
    { outcome: "cancelled", detail: expect.stringContaining("secret") },
  ]);
});

test("text that Postgres refuses costs its own attempt the text and its neighbours nothing", async () => {
  const endpointId = await anEndpointAt("/ok");
  const [odd, fine] = [
    await make.aQueuedDelivery(workspaceId, endpointId),
    await make.aQueuedDelivery(workspaceId, endpointId),
  ];
  const oddId = formatId("evt", (await make.theDelivery(odd)).eventId);
  let arrived = 0;
  const send: Send = async ({ headers }) => {
    arrived++;
    await eventually(() => arrived === 2);
    const isOdd = headers.some(([name, value]) => name === "webhook-id" && value === oddId);
    return isOdd ? { ...SUCCESS, responseHeaders: [["x-odd", "\0"]] } : SUCCESS;
  };
  work({ send });
  await eventually(async () => (await statusOf(fine)) === "delivered" && (await statusOf(odd)) === "delivered");
  expect(await make.attemptsOf(odd)).toMatchObject([
    { outcome: "success", detail: expect.stringContaining("not be stored") },
  ]);
  expect(await make.attemptsOf(fine)).toMatchObject([{ outcome: "success", detail: null }]);
});
