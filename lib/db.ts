import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { socketsThatAnswer } from "./db-silence.ts";
import { EnvironmentError, env } from "./env.ts";

export type Sql = postgres.Sql;
export type SqlTransaction = postgres.TransactionSql;
export type Database = PostgresJsDatabase;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Connections a process keeps for pages and commands; those of the hot paths are `DATABASE_POOL`. */
const PAGE_POOL_SIZE = 6;
const QUEUE_POOL_SIZE = 2;
const CHORE_POOL_SIZE = 2;
/** Two commit, the others look up what they need to know before. */
const INGEST_POOL_SIZE = 4;

/** How long a statement may go without a byte of answer: then its connection counts as dead. */
const SILENCE_MS = 30_000;
/** Housekeeping takes its time. */
export const CHORE_SILENCE_MS = 600_000;
/** A process that froze or was cut off in mid-transaction holds its locks no longer than this. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/**
 * A machine that is gone is gone for the server too, and its locks with it: after 15 s, not two hours. In the middle of
 * a prepared statement its transaction does not count as idle.
 */
const NOTICE_THE_DEAD = {
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 2,
  tcp_user_timeout: 15_000,
};

/** A database that is back in seconds is used in seconds (postgres.js' own back-off grows to 20 s). */
const RECONNECT_SECONDS = 0.25;

const NAMED = { application_name: "posthorn" };

type Clients = { page?: Sql; hot?: Sql; queue?: Sql; ingest?: Sql; chore?: Sql; database?: Database };
// Next compiles lib into its own bundle beside the server's: one set of pools a process, wherever it is called from.
const holder = globalThis as typeof globalThis & { posthornClients?: Clients };
function clients(): Clients {
  holder.posthornClients ??= {};
  return holder.posthornClients;
}

function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (!url) throw new EnvironmentError("DATABASE_URL is not set: start Posthorn with npm start, or set it");
  return url;
}

/** Past any PgBouncer, for what belongs to a connection and not to a transaction. */
export function directUrl(): string {
  return env().DATABASE_DIRECT_URL ?? databaseUrl();
}

/**
 * A connection of the caller's own, for locks of the session and LISTEN; the caller ends it. It is kept: postgres.js
 * renews the others within the hour, and with them such locks would be gone.
 */
export function connectDirect(silenceMs = SILENCE_MS): Sql {
  const options = { max_lifetime: null, connection: { ...NAMED, ...NOTICE_THE_DEAD } };
  return connect(directUrl(), 1, { ...options, ...socketsThatAnswer(silenceMs) });
}

/** Connections that this process keeps, of whichever may be free, on the way that may lead through PgBouncer. */
function pool(max: number, silenceMs = SILENCE_MS): Sql {
  // PgBouncer refuses settings it does not know; it has its own: idle_transaction_timeout and tcp_user_timeout.
  const settings = { ...NOTICE_THE_DEAD, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS };
  const options = { connection: { ...NAMED, ...(env().DATABASE_DIRECT_URL ? {} : settings) } };
  return connect(databaseUrl(), max, { ...options, ...socketsThatAnswer(silenceMs) });
}

/** Options every connection of ours shares. */
export function connect(url: string, max: number, options: postgres.Options<Record<string, never>> = {}): Sql {
  return postgres(url, {
    max,
    backoff: () => RECONNECT_SECONDS,
    connect_timeout: 10,
    onnotice: () => {},
    connection: NAMED,
    ...options,
  });
}

/**
 * Has the database end this transaction after the time in which we give its connection up, whatever it waits for: one
 * that is cut off between the parts of a statement counts neither as idle nor as running, and what it has locked would
 * stay locked for good. Postgres before 17 does not know the setting. Sent with what follows: nobody has to wait for it.
 */
export function endWithSilence(tx: SqlTransaction): void {
  tx`select set_config('transaction_timeout', ${String(SILENCE_MS)}, true)
    where current_setting('transaction_timeout', true) is not null`
    .execute()
    // If this fails, what follows fails as well.
    .catch(() => {});
}

/** Drizzle, for pages and commands. It opens on first use, so a build needs no database. */
export function db(): Database {
  const mine = clients();
  mine.page ??= pool(PAGE_POOL_SIZE);
  mine.database ??= drizzle(mine.page);
  return mine.database;
}

/** Plain postgres.js for the hot paths: Drizzle replaces the serialisers of the client it is given, this one keeps its own. */
export function hotSql(): Sql {
  const mine = clients();
  mine.hot ??= pool(env().DATABASE_POOL);
  return mine.hot;
}

/** For the queue's own statements. Its start is waited for inside transactions, which may hold every hot connection. */
export function queueSql(): Sql {
  const mine = clients();
  mine.queue ??= pool(QUEUE_POOL_SIZE);
  return mine.queue;
}

/**
 * For taking events in, so that nothing else makes them wait, and so that these connections can be renewed by
 * themselves. Ask for it each time: it may be another one.
 */
export function ingestSql(): Sql {
  const mine = clients();
  mine.ingest ??= pool(Math.min(INGEST_POOL_SIZE, env().DATABASE_POOL));
  return mine.ingest;
}

/** Gives up connections that nothing comes back on: on a dead network they would be waited for until TCP itself gives up. */
export function renewIngestConnections(): void {
  const mine = clients();
  const silent = mine.ingest;
  mine.ingest = undefined;
  silent?.end({ timeout: 0 }).catch(() => {});
}

/** For housekeeping. */
export function choreSql(): Sql {
  const mine = clients();
  mine.chore ??= pool(CHORE_POOL_SIZE, CHORE_SILENCE_MS);
  return mine.chore;
}

/** Ends all connections of this process, after what is in flight. */
export async function closeDatabase(): Promise<void> {
  const { page, hot, queue, ingest, chore } = clients();
  holder.posthornClients = {};
  await Promise.all([page, hot, queue, ingest, chore].map((client) => client?.end({ timeout: 5 })));
}
