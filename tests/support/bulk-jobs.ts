import { eq } from "drizzle-orm";
import { bulkJob, bulkJobItem } from "../../drizzle/schema/console.ts";
import { collectWindow } from "../../lib/bulk-jobs/collect.ts";
import { startJob } from "../../lib/bulk-jobs/commands.ts";
import type { JobKind, JobScope } from "../../lib/bulk-jobs/scope.ts";
import { db, hotSql } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";

export const ada = { id: "usr_ada", name: "Ada" };

export const ALL_FAILED: JobScope = {
  over: { by: "deliveries", filter: { status: ["failed"] } },
  order: "oldest",
  skipDelivered: true,
  endpointId: null,
  onlyMissing: false,
  query: "kind=retry",
};

type Options = { kind?: JobKind; scope?: Partial<JobScope>; pace?: number | null };

/** A job that was started and not counted yet. */
export async function aJob(workspaceId: string, { kind = "retry", scope, pace = null }: Options = {}): Promise<string> {
  const id = newId();
  const job = { id, kind, pace, sentence: "Retry failed deliveries", scope: { ...ALL_FAILED, ...scope } };
  const result = await startJob(workspaceId, job, ada);
  if (result !== "started") throw new Error(result);
  return id;
}

/** A job whose rows are counted. */
export async function aCountedJob(workspaceId: string, options: Options = {}): Promise<string> {
  const id = await aJob(workspaceId, options);
  while (await collectWindow(id));
  return id;
}

export async function theJob(id: string) {
  const [row] = await db().select().from(bulkJob).where(eq(bulkJob.id, id));
  if (!row) throw new Error(`No job ${id}`);
  return row;
}

export function itemsOf(jobId: string) {
  return db().select().from(bulkJobItem).where(eq(bulkJobItem.jobId, jobId)).orderBy(bulkJobItem.deliveryId);
}

/** What an outage leaves: events with a delivery each, of which every planned attempt has failed. */
export async function anOutage(workspaceId: string, endpointId: string, count: number, type = "order.created") {
  const rows = Array.from({ length: count }, () => ({ e: newId(), d: newId() }));
  const json = JSON.stringify(rows);
  await hotSql()`
    insert into event (id, workspace_id, type, payload, occurred_at)
    select e, ${workspaceId}, ${type}, '{}', now() from json_to_recordset(${json}::text::json) as x (e uuid)`;
  await hotSql()`
    insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, status, trouble, attempts, schedule_step,
      last_outcome, last_status_code, last_duration_ms, finished_at)
    select d, ${workspaceId}, e, ${endpointId}, ${type}, 'failed', true, 10, 9, 'http_error', 503, 120, now()
    from json_to_recordset(${json}::text::json) as x (d uuid, e uuid)`;
  // As the database does by itself within a minute of so many rows.
  await hotSql()`analyze delivery`;
  return rows;
}
