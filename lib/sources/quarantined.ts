import { ingestSql } from "../db.ts";
import type { SealedRow } from "./sealed.ts";
import type { RequestFault, Verdict } from "./states.ts";

/** A request on record with all that is needed to judge it again. */
export type StoredCall = SealedRow & {
  workspaceId: string;
  sourceId: string;
  verdict: Verdict;
  fault: RequestFault | null;
  type: string | null;
  externalId: string | null;
  remoteAddress: string | null;
};

/** Those of these that still have one of the verdicts, in order of arrival. A stranger's id is not among them. */
export function readStoredCalls(
  workspaceId: string,
  ids: readonly string[],
  verdicts: readonly Verdict[],
): Promise<StoredCall[]> {
  return ingestSql()<StoredCall[]>`
    select id, workspace_id as "workspaceId", source_id as "sourceId", method, path, headers, sealed,
      coalesce(body, ''::bytea) as body, verdict, fault, type, external_id as "externalId",
      remote_address as "remoteAddress"
    from request
    where id = any(${[...ids]}::uuid[]) and workspace_id = ${workspaceId} and verdict = any(${[...verdicts]}::text[])
    order by id`;
}

type Span = { sourceId: string; after: string | null; upTo: string };

/** The next ones in a source's quarantine in order of arrival: as many as fit, at least one. */
export async function listNextQuarantined(
  { sourceId, after, upTo }: Span,
  { most, mostBytes }: { most: number; mostBytes: number },
): Promise<string[]> {
  const rows = await ingestSql()<{ id: string; bytes: number }[]>`
    select id, body_bytes as bytes from request
    where source_id = ${sourceId} and verdict in ('refused', 'unparsable') and id <= ${upTo}
      and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${most}`;
  const ids: string[] = [];
  let held = 0;
  for (const { id, bytes } of rows) {
    held += bytes;
    if (held > mostBytes && ids.length > 0) break;
    ids.push(id);
  }
  return ids;
}

/** How many a source has in quarantine, up to a bound, and the newest of them. */
export async function countQuarantined(
  sourceId: string,
  { after = null, upTo = null, most }: { after?: string | null; upTo?: string | null; most: number },
): Promise<{ count: number; newest: string | null; oldest: string | null }> {
  const [row] = await ingestSql()<{ count: number; newest: string | null; oldest: string | null }[]>`
    select count(*)::int as count, max(id::text)::uuid as newest, min(id::text)::uuid as oldest from (
      select id from request
      where source_id = ${sourceId} and verdict in ('refused', 'unparsable')
        and (${after}::uuid is null or id > ${after}::uuid) and (${upTo}::uuid is null or id <= ${upTo}::uuid)
      order by id desc limit ${most}) as q`;
  return row ?? { count: 0, newest: null, oldest: null };
}
