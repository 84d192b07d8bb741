import type { SqlTransaction } from "../db.ts";
import { LATENCY_BOUNDS_MS } from "./outcomes.ts";
import type { AttemptRecord, Settlement } from "./settlement.ts";

type Counts = {
  w: string;
  p: string;
  e: string;
  delivered: number;
  failed: number;
  retried: number;
  latency: number[];
};

/** Adds to the counts of this minute, in rows that only this slot writes. Test traffic is left out. */
export async function countStats(tx: SqlTransaction, settlements: Settlement[], slot: number): Promise<void> {
  const rows = [...tally(settlements).values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (rows.length === 0) return;
  await tx`
    insert into delivery_stat as stat (workspace_id, endpoint_id, event_type, bucket, slot, delivered, failed, retried, latency)
    select w, p, e, date_trunc('minute', now()), ${slot}::smallint, delivered, failed, retried,
      array(select value::int from json_array_elements_text(latency))
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (w uuid, p uuid, e text, delivered int, failed int,
      retried int, latency json)
    on conflict (workspace_id, bucket, endpoint_id, event_type, slot) do update set
      delivered = stat.delivered + excluded.delivered,
      failed = stat.failed + excluded.failed,
      retried = stat.retried + excluded.retried,
      latency = array(select a + b from unnest(stat.latency, excluded.latency) with ordinality as u (a, b, n) order by n)`;
}

function tally(settlements: Settlement[]): Map<string, Counts> {
  const rows = new Map<string, Counts>();
  for (const { job, workspaceId, eventType, test, attempts, change } of settlements) {
    if (test) continue;
    const key = keyOf({ w: workspaceId, p: job.data.p, e: eventType });
    const row = rows.get(key) ?? emptyCounts(workspaceId, job.data.p, eventType);
    rows.set(key, row);
    if (change?.status === "delivered") row.delivered++;
    if (change?.status === "failed") row.failed++;
    if (change?.status === "retrying" && attempts.at(-1)?.outcome !== "interrupted") row.retried++;
    for (const attempt of attempts) count(row.latency, attempt);
  }
  return rows;
}

function count(latency: number[], { outcome, totalMs }: AttemptRecord): void {
  if (outcome === "interrupted" || outcome === "cancelled") return;
  const bound = LATENCY_BOUNDS_MS.findIndex((most) => totalMs <= most);
  const bucket = bound === -1 ? LATENCY_BOUNDS_MS.length : bound;
  latency[bucket] = (latency[bucket] ?? 0) + 1;
}

function emptyCounts(w: string, p: string, e: string): Counts {
  return { w, p, e, delivered: 0, failed: 0, retried: 0, latency: Array(LATENCY_BOUNDS_MS.length + 1).fill(0) };
}

function keyOf({ w, p, e }: Pick<Counts, "w" | "p" | "e">): string {
  return `${w} ${p} ${e}`;
}
