import type { SqlTransaction } from "../db.ts";
import { hotSql } from "../db.ts";

/** What a flush has assumed and the database must confirm. */
export type Assumptions = { versions: Map<string, number>; keyIds: Set<string> };
/** What turned out otherwise. */
export type Stale = { workspaceIds: string[]; keyIds: string[] };

/**
 * Reads routing versions and API keys, as part of the transaction that relies on them: a change that was committed
 * before the call came in is seen, whatever this process has in memory.
 */
export async function findStale(tx: SqlTransaction | null, { versions, keyIds }: Assumptions): Promise<Stale> {
  const sql = tx ?? hotSql();
  const rows = await sql<{ id: string; version: string | null }[]>`
    select id, routing_version as version from workspace where id = any(${[...versions.keys()]}::uuid[])
    union all
    select id, null from api_key
    where id = any(${[...keyIds]}::uuid[]) and revoked_at is null and coalesce(expires_at > now(), true)`.execute();
  const now = new Map(rows.map(({ id, version }) => [id, version === null ? null : Number(version)]));
  return {
    workspaceIds: [...versions].flatMap(([id, version]) => (now.get(id) === version ? [] : [id])),
    keyIds: [...keyIds].filter((id) => !now.has(id)),
  };
}

export function isStale({ workspaceIds, keyIds }: Stale): boolean {
  return workspaceIds.length > 0 || keyIds.length > 0;
}
