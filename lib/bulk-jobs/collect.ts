import { and, eq, sql } from "drizzle-orm";
import { bulkJob } from "../../drizzle/schema/console.ts";
import { db, type Transaction } from "../db.ts";
import { listMatches, type Match, readsPayloads } from "./matches.ts";
import { type JobKind, readScope } from "./scope.ts";

/** Rows in one transaction; of events fewer, each of which may go to many endpoints and be asked of filters. */
const WINDOW = { retry: 2_000, replay: 200 } satisfies Record<JobKind, number>;
/** Payloads may have a mebibyte each, and a statement has to end while somebody waits to stop the job. */
const PAYLOAD_WINDOW = 200;

/**
 * Takes down the next rows that a job runs over. Only when all are on record does it begin: what was counted is what is
 * done, whatever happens to the rows meanwhile.
 * @returns whether there may be more
 */
export async function collectWindow(jobId: string): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [job] = await tx
      .select()
      .from(bulkJob)
      .where(and(eq(bulkJob.id, jobId), eq(bulkJob.status, "counting")))
      .for("update");
    if (!job) return false;
    const asked = { workspaceId: job.workspaceId, kind: job.kind, scope: readScope(job.scope) };
    const most = readsPayloads(asked.scope.over) ? PAYLOAD_WINDOW : WINDOW[job.kind];
    const { rows, cursor } = await listMatches(tx, asked, job.cursor, most);
    await takeDown(tx, jobId, rows);
    const goesOn = cursor !== null;
    const begins = goesOn ? {} : { status: "running" as const, startedAt: sql`now()`, runSince: sql`now()` };
    await tx
      .update(bulkJob)
      .set({ total: job.total + rows.length, cursor: cursor ?? job.cursor, ...begins })
      .where(eq(bulkJob.id, jobId));
    return goesOn;
  });
}

async function takeDown(tx: Transaction, jobId: string, rows: Match[]): Promise<void> {
  if (rows.length === 0) return;
  const sorted = rows.toSorted((a, b) => (a.deliveryId < b.deliveryId ? -1 : 1));
  const items = JSON.stringify(sorted.map(({ deliveryId: d, endpointId: p, eventId: e }) => ({ d, p, e })));
  await tx.execute(sql`
    insert into bulk_job_item (job_id, delivery_id, endpoint_id, event_id)
    select ${jobId}, d, p, e from json_to_recordset(${items}::text::json) as x (d uuid, p uuid, e uuid)`);
  await tx.execute(sql`
    insert into bulk_job_endpoint as line (job_id, endpoint_id, waiting)
    select ${jobId}, p, count(*)::int from json_to_recordset(${items}::text::json) as x (p uuid) group by p order by p
    on conflict (job_id, endpoint_id) do update set waiting = line.waiting + excluded.waiting`);
}
