import fs from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Sql } from "../../lib/db.ts";
import { parseId } from "../../lib/ids.ts";
import { urlOfRunning } from "../../lib/run/postgres.ts";
import { eventually } from "../support/eventually.ts";
import { acknowledgedId, countingReceiver, postUntilAcknowledged } from "../support/keyed-load.ts";
import { ensureBuilt, type Posthorn, startPosthorn, temporaryFolder } from "../support/posthorn.ts";
import { descendantRunning } from "../support/processes.ts";

// On a durable cluster of its own, through the supervisor: 5,000 events, and kill -9 in the middle of each third.

const EVENTS_PER_KILL = 1_667;
const IN_FLIGHT = 50;
const API_KEY = `ph_${"k".repeat(32)}`;
const PATIENCE = { withinMs: 120_000, everyMs: 100 };

const dataDir = temporaryFolder("kill");
let posthorn: Posthorn;
let receiver: Awaited<ReturnType<typeof countingReceiver>>;
let sql: Sql;

beforeAll(async () => {
  await ensureBuilt();
  receiver = await countingReceiver();
  posthorn = await startPosthorn({
    DATA_DIR: dataDir,
    DELIVERY_CONCURRENCY: String(IN_FLIGHT),
    ADMIN_EMAIL: "owner@example.com",
    ADMIN_PASSWORD: "correct horse battery",
    ADMIN_API_KEY: API_KEY,
  });
  await create("event-types", { name: "order.created" });
  await create("endpoints", { url: receiver.url, subscriptions: [] });
  sql = connect(urlOfRunning(dataDir) ?? "", 1);
}, 240_000);

afterAll(async () => {
  await sql?.end({ timeout: 1 });
  receiver?.close();
  await posthorn?.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function create(what: string, body: unknown): Promise<void> {
  const answer = await fetch(`${posthorn.url}/api/v1/${what}`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status, await answer.text()).toBe(201);
}

const pidOf = (command: string) => descendantRunning(posthorn.supervisor.pid!, command);

async function recorded(): Promise<number> {
  const [row] = await sql`select count(*)::int as count from attempt`;
  return row!.count;
}

/** Posts a third of the events, kills the process when half of them are acknowledged, and waits until all have arrived. */
async function loadWithKill(name: string, command: string) {
  const keys = Array.from({ length: EVENTS_PER_KILL }, (_, index) => `${name}-${index}`);
  const duplicatesBefore = receiver.duplicates();
  let unrecorded: Promise<number> | undefined;
  const onAcknowledged = (count: number) => {
    if (count !== EVENTS_PER_KILL >> 1) return;
    process.kill(pidOf(command)!, "SIGKILL");
    const arrived = receiver.received.size;
    unrecorded = recorded().then((count) => arrived - count);
    unrecorded.catch(() => {}); // the database itself may have been what was killed
  };
  const url = `${posthorn.url}/api/v1/events`;
  const answered = await postUntilAcknowledged({ url, apiKey: API_KEY, keys, connections: 16, onAcknowledged });
  const ids = [...answered.values()].flatMap((perKey) => [...perKey]);
  await eventually(() => ids.every((id) => receiver.received.has(id)), PATIENCE);
  return { url, keys, answered, unrecorded, duplicates: () => receiver.duplicates() - duplicatesBefore };
}

/** Every key stands for one event, in the answers and in the database. */
async function expectAcceptedOnce({ url, keys, answered }: Awaited<ReturnType<typeof loadWithKill>>): Promise<void> {
  for (const key of keys.filter((_, index) => index % 10 === 0)) {
    answered.get(key)?.add(await acknowledgedId({ url, apiKey: API_KEY }, key));
  }
  expect([...answered.values()].filter((ids) => ids.size !== 1)).toEqual([]);
  const rows = await sql<{ id: string }[]>`select id from event where idempotency_key = any(${keys})`;
  const ids = [...answered.values()].map((perKey) => parseId("evt", [...perKey][0]!));
  expect(rows.map((row) => row.id).sort()).toEqual(ids.sort());
}

async function expectAllDelivered(keys: string[]): Promise<void> {
  await eventually(async () => {
    const [row] = await sql`select count(*)::int as count from delivery d join event e on e.id = d.event_id
      where e.idempotency_key = any(${keys}) and d.status = 'delivered'`;
    return row!.count === keys.length;
  }, PATIENCE);
}

test("kill -9 of the web process loses nothing acknowledged, accepts nothing twice and delivers nothing twice", {
  timeout: 300_000,
}, async () => {
  const run = await loadWithKill("web", "dist/server.mjs");
  await expectAllDelivered(run.keys);
  await expectAcceptedOnce(run);
  expect(run.duplicates()).toBe(0);
});

test("kill -9 of the worker loses nothing; what arrives twice was in flight or not yet recorded", {
  timeout: 300_000,
}, async () => {
  const run = await loadWithKill("worker", "dist/worker.mjs");
  await expectAllDelivered(run.keys);
  await expectAcceptedOnce(run);
  expect(run.duplicates()).toBeLessThanOrEqual(Math.max(0, await run.unrecorded!) + IN_FLIGHT);
  const [cut] = await sql`select count(*)::int as count from attempt where outcome = 'interrupted'`;
  expect(cut!.count).toBeLessThanOrEqual(Math.max(0, await run.unrecorded!) + IN_FLIGHT);
});

test("kill -9 of Postgres loses nothing acknowledged; web and worker find it again by themselves", {
  timeout: 300_000,
}, async () => {
  const others = () => ["dist/server.mjs", "dist/worker.mjs"].map(pidOf);
  const before = others();
  const run = await loadWithKill("postgres", "bin/postgres -D");
  // The same processes: one that ended with its connections and was started again would have found it too.
  expect(others()).toEqual(before);
  await expectAllDelivered(run.keys);
  await expectAcceptedOnce(run);
  expect(run.duplicates()).toBeLessThanOrEqual(IN_FLIGHT);
});
