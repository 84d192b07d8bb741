import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Job } from "pg-boss";
import { Pool } from "undici";
import { type BareJob, inside, openBare, QUEUE } from "./store.ts";

const IN_FLIGHT = 400;
const CONNECTIONS = 64;
const RECORDS_AT_ONCE = 2;
const MOST_IN_A_RECORD = 500;

const { sql, boss } = await openBare(process.env.DATABASE_URL ?? "", true);
const receiver = new Pool(process.env.RECEIVER_URL ?? "", { connections: CONNECTIONS, pipelining: 1 });
const secret = Buffer.from("x".repeat(32));

type Finished = { job: Job<BareJob>; code: number; ms: number; body: string };
const finished: Finished[] = [];
let inFlight = 0;
let recording = 0;

async function record(): Promise<void> {
  if (recording >= RECORDS_AT_ONCE || finished.length === 0) return;
  recording++;
  const batch = finished.splice(0, MOST_IN_A_RECORD);
  const deliveries = batch.map(({ job }) => job.data.d);
  await sql.begin(async (tx) => {
    const attempts = tx`insert into bare_attempt (id, delivery_id, n, status_code, latency_ms, response_body)
      select * from unnest(${batch.map(() => randomUUID())}::uuid[], ${deliveries}::uuid[],
        ${batch.map(() => 1)}::int[], ${batch.map(({ code }) => code)}::int[], ${batch.map(({ ms }) => ms)}::int[],
        ${batch.map(({ body }) => body)}::text[])`.execute();
    const updates = tx`update bare_delivery set status = 'delivered', attempts = attempts + 1, last_at = now()
      where id = any(${deliveries}::uuid[])`.execute();
    const ids = batch.map(({ job }) => job.id);
    await Promise.all([attempts, updates, boss.complete(QUEUE, ids, undefined, { db: inside(tx) })]);
  });
  recording--;
  void record();
}

async function send(job: Job<BareJob>, payload: string): Promise<void> {
  inFlight++;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const startedAt = performance.now();
  const signature = createHmac("sha256", secret).update(`${job.data.e}.${timestamp}.${payload}`).digest("base64");
  const headers = {
    "content-type": "application/json",
    "webhook-id": job.data.e,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
  const { statusCode, body } = await receiver.request({ path: "/hook", method: "POST", headers, body: payload });
  finished.push({ job, code: statusCode, ms: Math.round(performance.now() - startedAt), body: await body.text() });
  inFlight--;
  setImmediate(record);
}

process.on("SIGTERM", () => process.exit());
process.on("disconnect", () => process.exit());
process.send?.({ type: "ready" });

for (;;) {
  const room = IN_FLIGHT - inFlight;
  const jobs = room < IN_FLIGHT / 4 ? [] : await boss.fetch<BareJob>(QUEUE, { batchSize: room });
  if (jobs.length === 0) {
    await delay(room < IN_FLIGHT / 4 ? 2 : 5);
    continue;
  }
  const rows = await sql<{ id: string; payload: string }[]>`
    select id, payload from bare_event where id = any(${jobs.map((job) => job.data.e)}::uuid[])`;
  const payloads = new Map(rows.map((row) => [row.id, row.payload]));
  for (const job of jobs) void send(job, payloads.get(job.data.e) ?? "");
}
