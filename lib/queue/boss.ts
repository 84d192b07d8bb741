import { createHash } from "node:crypto";
import { type Db, PgBoss } from "pg-boss";
import type { Sql, SqlTransaction } from "../db.ts";
import { queueSql } from "../db.ts";
import { errorFields, log } from "../log.ts";
import { DELIVER_QUEUE } from "./jobs.ts";

export const BOSS_SCHEMA = "pgboss";
/** Where pg-boss says that jobs were queued: a name made from its schema's. */
export const NOTIFY_CHANNEL = `pgboss_${createHash("sha224").update(BOSS_SCHEMA).digest("hex").slice(0, 24)}`;

/** pg-boss's own retries are for our crashes alone; a poison rule of ours ends a delivery that keeps killing workers. */
const CRASH_RETRIES = 10_000;
const DAY_SECONDS = 86_400;
/** DESIGN.md §6: a killed worker's deliveries are taken up again within 30 s. */
const HEARTBEAT_SECONDS = 15;
const EXPIRE_SECONDS = 120;

/** Runs pg-boss's statements on one of our connections or in one of our transactions, as prepared statements. */
export function bossDb(sql: Sql | SqlTransaction): Db {
  return {
    executeSql: async (text, values) => ({
      rows: await sql.unsafe(text, values as Parameters<typeof sql.unsafe>[1], { prepare: true }),
    }),
  };
}

const holder = globalThis as typeof globalThis & { posthornBoss?: Promise<PgBoss> };

/** This process's pg-boss, for inserting, fetching and settling. It starts on first use and looks after nothing. */
export function boss(): Promise<PgBoss> {
  holder.posthornBoss ??= startBoss({ migrate: false }, queueSql()).catch((error) => {
    // The database may be back the next time somebody asks.
    holder.posthornBoss = undefined;
    throw error;
  });
  return holder.posthornBoss;
}

export async function startBoss(options: { migrate: boolean }, sql: Sql): Promise<PgBoss> {
  const instance = new PgBoss({
    db: bossDb(sql),
    schema: BOSS_SCHEMA,
    schedule: false,
    supervise: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    ...options,
  });
  instance.on("error", (error) => log("error", "pg-boss", errorFields(error)));
  return instance.start();
}

/** Makes or updates the schema of pg-boss and our queue. Part of migrating. */
export async function installQueue(sql: Sql, retentionDays: number): Promise<void> {
  const instance = await startBoss({ migrate: true }, sql);
  const options = {
    retryLimit: CRASH_RETRIES,
    retryDelay: 0,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: EXPIRE_SECONDS,
    // Longer than any delivery can wait, so that the queue never forgets one on its own.
    retentionSeconds: (retentionDays + 30) * DAY_SECONDS,
    deleteAfterSeconds: 3_600,
    notify: true,
  };
  if (await instance.getQueue(DELIVER_QUEUE)) await instance.updateQueue(DELIVER_QUEUE, options);
  else await instance.createQueue(DELIVER_QUEUE, { ...options, partition: true });
  const table = (await instance.getQueue(DELIVER_QUEUE))?.table;
  if (table) await sql.unsafe(oneLiveJob(table));
  await instance.stop({ graceful: false, close: false });
}

/** A delivery has at most one live job: the database itself sees to it, and finds the job by its delivery. */
function oneLiveJob(table: string): string {
  return `create unique index if not exists one_live_job on ${BOSS_SCHEMA}.${table} ((data ->> 'd')) where state <= 'active'`;
}
