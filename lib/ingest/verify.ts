import { ingestSql, type SqlTransaction } from "../db.ts";
import { STATEMENT_MS } from "./limits.ts";

/** What a flush has assumed and the database must confirm. */
export type Assumptions = { versions: Map<string, number>; keyIds: Set<string>; sources: Map<string, number> };
const LIMIT = String(STATEMENT_MS);

/** What turned out otherwise. */
export type Stale = { workspaceIds: string[]; keyIds: string[]; sourceIds: string[] };

/**
 * Reads the versions of routings and sources, and API keys, as part of the transaction that relies on them: a change that was committed
 * before the call came in is seen, whatever this process has in memory. The same statement bounds those that follow:
 * should this process, or the way to it, be gone, the database lets go of what the transaction has locked.
 */
export async function findStale(tx: SqlTransaction | null, { versions, keyIds, sources }: Assumptions): Promise<Stale> {
  const sql = tx ?? ingestSql();
  const rows = await sql<{ id: string | null; version: string | null }[]>`
    select id, routing_version as version from workspace where id = any(${[...versions.keys()]}::uuid[])
    union all
    select id, version from source
    where id = any(${[...sources.keys()]}::uuid[]) and deleted_at is null and status = 'active'
    union all
    select id, null from api_key
    where id = any(${[...keyIds]}::uuid[]) and revoked_at is null and coalesce(expires_at > now(), true)
    union all
    select null, length(set_config('statement_timeout', ${LIMIT}, true)
      || set_config('idle_in_transaction_session_timeout', ${LIMIT}, true)
      || case when current_setting('transaction_timeout', true) is null then ''
        else set_config('transaction_timeout', ${LIMIT}, true) end)`.execute();
  const now = new Map(rows.map(({ id, version }) => [id, version === null ? null : Number(version)]));
  const changed = (assumed: Map<string, number>) =>
    [...assumed].flatMap(([id, version]) => (now.get(id) === version ? [] : [id]));
  return {
    workspaceIds: changed(versions),
    keyIds: [...keyIds].filter((id) => !now.has(id)),
    sourceIds: changed(sources),
  };
}

export function isStale({ workspaceIds, keyIds, sourceIds }: Stale): boolean {
  return workspaceIds.length > 0 || keyIds.length > 0 || sourceIds.length > 0;
}
