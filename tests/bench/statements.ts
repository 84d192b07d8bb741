import { connect } from "../../lib/db.ts";
import type { Settings } from "../../lib/run/postgres.ts";

/** Has Postgres keep the time of every statement. */
export const STATEMENT_TIMES: Settings = { shared_preload_libraries: "pg_stat_statements" };

/** A piece of text that only the claim of jobs has. */
export const CLAIM = "for update of j skip locked";

/** Starts the count anew, in a database whose cluster runs with `STATEMENT_TIMES`. */
export async function forgetStatements(url: string): Promise<void> {
  const sql = connect(url, 1);
  await sql.unsafe("create extension if not exists pg_stat_statements");
  await sql.unsafe("select pg_stat_statements_reset()");
  await sql.end();
}

/** Milliseconds that a run of the statements with this text took, on average, since the count began. */
export async function meanMs(url: string, text: string): Promise<number> {
  const sql = connect(url, 1);
  const [row] = await sql<{ ms: number | null }[]>`
    select sum(total_exec_time) / sum(calls) as ms from pg_stat_statements
    where position(${text} in lower(query)) > 0
      and dbid = (select oid from pg_database where datname = current_database())`;
  await sql.end();
  return Math.round((row?.ms ?? 0) * 100) / 100;
}
