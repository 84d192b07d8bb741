import { randomUUID } from "node:crypto";
import { type Db, PgBoss } from "pg-boss";
import { connect, type Sql, type SqlTransaction } from "../../../lib/db.ts";

// The bare pipeline: the least that the product's main job can cost. One post in; a row each of event and delivery and a
// job, committed before the answer; one signed post out; an attempt row, committed with the delivery's new status.

export const QUEUE = "bare";
const SCHEMA = "bare_boss";

export type BareJob = { d: string; e: string };
export type BareEvent = { type: string; payload: string };
export type Bare = { sql: Sql; boss: PgBoss };

export async function openBare(url: string, listens: boolean): Promise<Bare> {
  const sql = connect(url, 6);
  const options = { supervise: false, schedule: false, max: 4, useListenNotify: listens };
  const boss = new PgBoss({ connectionString: url, schema: SCHEMA, ...options });
  boss.on("error", (error) => console.error(error.message));
  await boss.start();
  return { sql, boss };
}

export async function setUpBare(url: string): Promise<void> {
  const { sql, boss } = await openBare(url, false);
  await sql.unsafe(`
    create table bare_event (id uuid primary key, project_id uuid not null, type text not null, payload text not null,
      created_at timestamptz not null default now());
    create index on bare_event (project_id, created_at desc);
    create table bare_delivery (id uuid primary key, event_id uuid not null, endpoint_id uuid not null,
      status text not null, attempts int not null default 0, created_at timestamptz not null default now(),
      last_at timestamptz) with (fillfactor = 70);
    create index on bare_delivery (endpoint_id, created_at desc);
    create index on bare_delivery (event_id);
    create table bare_attempt (id uuid primary key, delivery_id uuid not null, n int not null, status_code int,
      latency_ms int, response_body text, created_at timestamptz not null default now());
    create index on bare_attempt (delivery_id);`);
  await boss.createQueue(QUEUE, { partition: true, retryLimit: 0, notify: true });
  await boss.stop({ graceful: false });
  await sql.end();
}

export function inside(tx: SqlTransaction): Db {
  return {
    executeSql: async (text, values) => ({
      rows: await tx.unsafe(text, values as Parameters<typeof tx.unsafe>[1], { prepare: true }),
    }),
  };
}

const endpoint = randomUUID();
const project = randomUUID();

/** Rows and jobs of a batch in one transaction; the statements are pipelined. */
export async function store({ sql, boss }: Bare, events: BareEvent[]): Promise<string[]> {
  const ids = events.map(() => randomUUID());
  const deliveries = events.map(() => randomUUID());
  const same = (value: string) => Array<string>(events.length).fill(value);
  await sql.begin(async (tx) => {
    const rows = tx`insert into bare_event (id, project_id, type, payload) select * from unnest(
      ${ids}::uuid[], ${same(project)}::uuid[], ${events.map((event) => event.type)}::text[],
      ${events.map((event) => event.payload)}::text[])`.execute();
    const queued = tx`insert into bare_delivery (id, event_id, endpoint_id, status) select * from unnest(
      ${deliveries}::uuid[], ${ids}::uuid[], ${same(endpoint)}::uuid[], ${same("pending")}::text[])`.execute();
    const jobs = deliveries.map((d, index) => ({ data: { d, e: ids[index] } }));
    await Promise.all([rows, queued, boss.insert(QUEUE, jobs, { db: inside(tx) })]);
  });
  return ids;
}
