import { sql } from "drizzle-orm";
import { db } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";
import type { Counted } from "./line.ts";

const DAY_MS = 86_400_000;
/** Beyond them a source's count is "at least". */
const MOST_COUNTED = 1_000;
const MOST_SOURCES = 20;

export type RefusingSource = { sourceId: string; name: string; waiting: Counted; since: Date };

/** Sources whose requests of the last 24 hours wait in quarantine, those with the most first. */
export async function listRefusingSources(workspaceId: string, now = new Date()): Promise<RefusingSource[]> {
  const rows = await db().execute<{ id: string; name: string; count: number; oldest: string }>(sql`
    select s.id, s.name, q.count, q.oldest from source s
    cross join lateral (
      select count(*)::int as count, min(id::text) as oldest from (
        select r.id from request r
        where r.source_id = s.id and r.verdict in ('refused', 'unparsable')
          and r.id >= ${firstIdAt(now.getTime() - DAY_MS)} and r.id < ${firstIdAt(now.getTime() + DAY_MS)}
        order by r.id desc limit ${MOST_COUNTED}
      ) as newest
    ) as q
    where s.workspace_id = ${workspaceId} and s.deleted_at is null and s.status <> 'disabled' and q.count > 0
    order by q.count desc, s.id limit ${MOST_SOURCES}`);
  return rows.map(({ id, name, count, oldest }) => ({
    sourceId: id,
    name,
    waiting: { count, atLeast: count === MOST_COUNTED },
    since: idTime(oldest),
  }));
}
