import { sql } from "drizzle-orm";
import { db } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";
import type { Verdict } from "../sources/states.ts";

const DAY_MS = 86_400_000;
/** Requests of a source that are looked at; beyond them its figures are "at least". */
export const COUNTED_REQUESTS = 2_000;

export type SourceFigures = {
  /** The last 24 hours' requests, by verdict. */
  verdicts: Partial<Record<Verdict, number>>;
  total: number;
  atLeast: boolean;
  /** The newest request, of any time. */
  last: { id: string; at: Date; verdict: Verdict; type: string | null } | null;
};

type Row = {
  source_id: string;
  verdicts: Partial<Record<Verdict, number>> | null;
  last_id: string | null;
  last_verdict: Verdict | null;
  last_type: string | null;
};

/** What came in at sources, by their ids. */
export async function sourceFigures(
  workspaceId: string,
  ids: string[],
  now = new Date(),
): Promise<Map<string, SourceFigures>> {
  if (ids.length === 0) return new Map();
  const since = firstIdAt(now.getTime() - DAY_MS);
  const rows = await db().execute<Row>(sql`
    select s.id as source_id, counted.verdicts, newest.id as last_id, newest.verdict as last_verdict,
      newest.type as last_type
    from source s
    left join lateral (
      select json_object_agg(verdict, n) as verdicts from (
        select verdict, count(*)::int as n from (
          select r.verdict from request r where r.source_id = s.id and r.id >= ${since}
          order by r.id desc limit ${COUNTED_REQUESTS}
        ) seen group by verdict
      ) by_verdict
    ) counted on true
    left join lateral (
      select r.id, r.verdict, r.type from request r where r.source_id = s.id order by r.id desc limit 1
    ) newest on true
    where s.workspace_id = ${workspaceId} and s.id = any(${sql.param(ids)}::uuid[])`);
  return new Map(rows.map((row) => [row.source_id, figuresOf(row)]));
}

function figuresOf({ verdicts, last_id: id, last_verdict: verdict, last_type: type }: Row): SourceFigures {
  const counts = verdicts ?? {};
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const last = id !== null && verdict !== null ? { id, at: idTime(id), verdict, type } : null;
  return { verdicts: counts, total, atLeast: total >= COUNTED_REQUESTS, last };
}
