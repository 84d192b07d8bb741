import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { endpoint } from "../../drizzle/schema/configuration.ts";
import { hotSql } from "../../lib/db.ts";
import { MAX_BATCH_BYTES } from "../../lib/delivery/batch.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, attemptsOf, aWorker, liveJobs, SECRET, theDelivery } from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

type Call = { url: string; id: string; headers: Record<string, string>; body: Buffer };
const calls: Call[] = [];
/** Answers as the path says. */
const server = http.createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = request.headers as Record<string, string>;
  calls.push({ url: request.url ?? "", id: headers["webhook-id"] ?? "", headers, body: Buffer.concat(chunks) });
  response.writeHead(Number(request.url?.slice(1))).end("a".repeat(10_000));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const worker = aWorker({ concurrency: 500 });
beforeEach(() => {
  calls.length = 0;
});
afterAll(async () => {
  await worker.stop();
  server.close();
});

async function aBatchEndpoint(status: number, values: Partial<typeof endpoint.$inferInsert> = {}) {
  const workspaceId = await aWorkspace();
  const url = `${base}/${status}`;
  return {
    workspaceId,
    endpointId: await aSignedEndpoint(workspaceId, { url, batchSize: 500, batchSeconds: 1, ...values }),
  };
}

type Batch = { payloads: string[]; firstAt?: number; change?: (ids: string[]) => Promise<unknown> };

/** Deliveries as the gate lets them out together. */
async function letOut(
  { workspaceId, endpointId }: { workspaceId: string; endpointId: string },
  { payloads, firstAt, change }: Batch,
) {
  const g = newId();
  const rows: { d: string; e: string }[] = [];
  for (const payload of payloads) {
    const d = firstAt !== undefined && rows.length === 0 ? idAt(firstAt) : newId();
    rows.push({ d, e: await anEvent(workspaceId, { payload: Buffer.from(payload) }) });
  }
  await hotSql().begin(async (tx) => {
    for (const { d, e } of rows) {
      await tx`insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, released)
        values (${d}, ${workspaceId}, ${e}, ${endpointId}, 'order.created', true)`;
    }
  });
  const ids = rows.map(({ d }) => d);
  await change?.(ids);
  await hotSql().begin((tx) =>
    enqueueDeliveries(
      tx,
      rows.map(({ d, e }) => ({ job: { d, e, p: endpointId, g } })),
    ),
  );
  return { ids, events: rows.map(({ e }) => formatId("evt", e)) };
}

function ended(ids: string[], status: string) {
  return eventually(async () => {
    for (const id of ids) expect(await theDelivery(id)).toMatchObject({ status });
    return true;
  });
}

test("deliveries that were let out together go in one signed request, each with its own attempt", async () => {
  const { ids, events } = await letOut(await aBatchEndpoint(200), { payloads: ['{"n":1}', '{"n":2}', '{"n":3}'] });
  await ended(ids, "delivered");
  expect(calls).toHaveLength(1);
  const [call] = calls;
  expect(call?.id).toMatch(/^batch_[0-9a-f]{32}$/);
  expect(new Webhook(SECRET).verify(call?.body.toString() ?? "", call?.headers ?? {})).toEqual(
    events.map((id, at) => ({ id, type: "order.created", timestamp: expect.any(String), data: { n: at + 1 } })),
  );
  for (const id of ids) {
    expect(await attemptsOf(id)).toMatchObject([{ number: 1, outcome: "success", batchId: call?.id }]);
    expect(await liveJobs(id)).toEqual([]);
    expect(await theDelivery(id)).toMatchObject({ released: false });
  }
});

test("a single one is a list too: a receiver of batches needs one way of reading alone", async () => {
  const { ids } = await letOut(await aBatchEndpoint(200), { payloads: ['{"n":1}'] });
  await ended(ids, "delivered");
  expect(JSON.parse(calls[0]?.body.toString() ?? "")).toHaveLength(1);
});

test("CloudEvents go in their batch format, raw payloads as a list of them", async () => {
  for (const [format, type] of [
    ["cloudevents", "application/cloudevents-batch+json; charset=utf-8"],
    ["raw", "application/json"],
  ] as const) {
    calls.length = 0;
    const { ids } = await letOut(await aBatchEndpoint(200, { format }), { payloads: ['{"n":1}', "[2]"] });
    await ended(ids, "delivered");
    expect(calls[0]?.headers["content-type"]).toBe(type);
    const list = JSON.parse(calls[0]?.body.toString() ?? "");
    expect(list.map((one: { data?: unknown }) => (format === "raw" ? one : one.data))).toEqual([{ n: 1 }, [2]]);
  }
});

test("a batch that fails fails as one: the same outcome, the same next time, the same small answer on record", async () => {
  const { ids } = await letOut(await aBatchEndpoint(500), { payloads: ["1", "2", "3", "4"] });
  await ended(ids, "retrying");
  expect(calls).toHaveLength(1);
  const rows = await Promise.all(ids.map(theDelivery));
  expect(new Set(rows.map(({ nextAttemptAt }) => nextAttemptAt?.toISOString())).size).toBe(1);
  const [attempt] = await attemptsOf(ids[0] ?? "");
  expect(attempt).toMatchObject({ outcome: "http_error", statusCode: 500, responseCut: true });
  expect(attempt?.responseBody).toHaveLength(4_096);
});

test("in a batch that fails, a new delivery does not wait as long as one that failed many times before", async () => {
  const { ids } = await letOut(await aBatchEndpoint(500, { retrySchedule: [60, 600, 7_200] }), {
    payloads: ["1", "2", "3"],
    change: ([old]) => hotSql()`update delivery set attempts = 3, schedule_step = 2 where id = ${old ?? ""}`,
  });
  await ended(ids, "retrying");
  expect(calls).toHaveLength(1);
  const waits = (await Promise.all(ids.map(theDelivery))).map(
    ({ nextAttemptAt }) => ((nextAttemptAt?.getTime() ?? 0) - Date.now()) / 1_000,
  );
  expect(waits[0]).toBeGreaterThan(6_000);
  expect(waits[1]).toBeLessThan(70);
  expect(waits[2]).toBe(waits[1]);
});

test("a batch that fails counts as one failure of its endpoint, not as many", async () => {
  const target = await aBatchEndpoint(500);
  const { ids } = await letOut(target, { payloads: Array.from({ length: 12 }, (_, n) => `${n}`) });
  await ended(ids, "retrying");
  const [state] = await hotSql()<{ circuit: string; failures: number }[]>`
    select circuit, failures_in_a_row as failures from endpoint_state where endpoint_id = ${target.endpointId}`;
  expect(state?.circuit).toBe("closed");
  expect(state?.failures).toBeLessThanOrEqual(2);
});

test("whatever is wrong with one of a batch is its own affair", async () => {
  const { ids, events } = await letOut(await aBatchEndpoint(200), {
    payloads: ["1", "2", "3"],
    change: ([, second]) =>
      hotSql()`update delivery set status = 'discarded', reason = 'Given up' where id = ${second ?? ""}`,
  });
  const [first = "", second = "", third = ""] = ids;
  await ended([first, third], "delivered");
  expect(await theDelivery(second)).toMatchObject({ status: "discarded", attempts: 0 });
  expect(JSON.parse(calls[0]?.body.toString() ?? "").map(({ id }: { id: string }) => id)).toEqual([
    events[0],
    events[2],
  ]);
});

test("a transformation rewrites, drops and fails events of a batch one by one", async () => {
  const transformation = `function transform(event) {
    if (event.data === 2) return null;
    if (event.data === 3) throw new Error("not this one");
    return { data: { was: event.data } };
  }`;
  const { ids } = await letOut(await aBatchEndpoint(200, { transformation }), { payloads: ["1", "2", "3", "4"] });
  await ended([ids[0] ?? "", ids[3] ?? ""], "delivered");
  expect(JSON.parse(calls[0]?.body.toString() ?? "").map(({ data }: { data: unknown }) => data)).toEqual([
    { was: 1 },
    { was: 4 },
  ]);
  await ended([ids[1] ?? ""], "discarded");
  await ended([ids[2] ?? ""], "retrying");
  expect(await attemptsOf(ids[2] ?? "")).toMatchObject([{ outcome: "cancelled", batchId: null }]);
});

test("what is too old by its endpoint's maximum age is left out of the batch", async () => {
  const old = Date.now() - 120_000;
  const { ids } = await letOut(await aBatchEndpoint(200, { maxAgeSeconds: 60 }), {
    payloads: ["1", "2"],
    firstAt: old,
  });
  await ended(ids.slice(0, 1), "failed");
  await ended(ids.slice(1), "delivered");
  expect(JSON.parse(calls[0]?.body.toString() ?? "")).toHaveLength(1);
});

test("a request stays within 8 MiB: what is more goes in another", async () => {
  const payload = JSON.stringify("x".repeat(1_000_000));
  const { ids } = await letOut(await aBatchEndpoint(200), { payloads: Array.from({ length: 12 }, () => payload) });
  await ended(ids, "delivered");
  expect(calls.map(({ body }) => JSON.parse(body.toString()).length).sort()).toEqual([4, 8]);
  for (const { body } of calls) expect(body.length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
  expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
});

test("the gate gathers what comes and sends it together", async () => {
  const { workspaceId, endpointId } = await aBatchEndpoint(201);
  const ids: string[] = [];
  for (const n of [1, 2, 3, 4, 5]) {
    const [e, d] = [await anEvent(workspaceId, { payload: Buffer.from(`${n}`) }), newId()];
    await hotSql()`insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, parked)
      values (${d}, ${workspaceId}, ${e}, ${endpointId}, 'order.created', true)`;
    ids.push(d);
  }
  const own = aWorker({ releases: true });
  await ended(ids, "delivered");
  // Retries of other tests come through the gate as well.
  const mine = calls.filter(({ url }) => url === "/201");
  expect(mine.map(({ body }) => JSON.parse(body.toString()).length).reduce((sum, n) => sum + n)).toBe(5);
  expect(mine.length).toBeLessThanOrEqual(2);
  await own.stop();
});
