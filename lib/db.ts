import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { EnvironmentError, env } from "./env.ts";

export type Sql = postgres.Sql;
export type SqlTransaction = postgres.TransactionSql;
export type Database = PostgresJsDatabase;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Connections a process keeps for pages and commands; those of the hot paths are `DATABASE_POOL`. */
const PAGE_POOL_SIZE = 6;
const QUEUE_POOL_SIZE = 2;
/** Two commit, the others look up what they need to know before. */
const INGEST_POOL_SIZE = 4;

/** A database that is back in seconds is used in seconds (postgres.js' own back-off grows to 20 s). */
const RECONNECT_SECONDS = 0.25;

type Clients = { page?: Sql; hot?: Sql; queue?: Sql; ingest?: Sql; database?: Database };
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
export function connectDirect(): Sql {
  return connect(directUrl(), 1, { max_lifetime: null });
}

/** Options every connection of ours shares. */
export function connect(url: string, max: number, options: postgres.Options<Record<string, never>> = {}): Sql {
  return postgres(url, {
    max,
    backoff: () => RECONNECT_SECONDS,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "posthorn" },
    ...options,
  });
}

/** Drizzle, for pages and commands. It opens on first use, so a build needs no database. */
export function db(): Database {
  const mine = clients();
  mine.page ??= connect(databaseUrl(), PAGE_POOL_SIZE);
  mine.database ??= drizzle(mine.page);
  return mine.database;
}

/** Plain postgres.js for the hot paths: Drizzle replaces the serialisers of the client it is given, this one keeps its own. */
export function hotSql(): Sql {
  const mine = clients();
  mine.hot ??= connect(databaseUrl(), env().DATABASE_POOL);
  return mine.hot;
}

/** For the queue's own statements. Its start is waited for inside transactions, which may hold every hot connection. */
export function queueSql(): Sql {
  const mine = clients();
  mine.queue ??= connect(databaseUrl(), QUEUE_POOL_SIZE);
  return mine.queue;
}

/**
 * For taking events in, so that nothing else makes them wait, and so that these connections can be renewed by
 * themselves. Ask for it each time: it may be another one.
 */
export function ingestSql(): Sql {
  const mine = clients();
  mine.ingest ??= connect(databaseUrl(), INGEST_POOL_SIZE);
  return mine.ingest;
}

/** Gives up connections that nothing comes back on: on a dead network they would be waited for until TCP itself gives up. */
export function renewIngestConnections(): void {
  const mine = clients();
  const silent = mine.ingest;
  mine.ingest = undefined;
  silent?.end({ timeout: 0 }).catch(() => {});
}

/** Ends all connections of this process, after what is in flight. */
export async function closeDatabase(): Promise<void> {
  const { page, hot, queue, ingest } = clients();
  holder.posthornClients = {};
  await Promise.all([page, hot, queue, ingest].map((client) => client?.end({ timeout: 5 })));
}
