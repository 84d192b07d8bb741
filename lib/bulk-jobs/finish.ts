import type { Sql } from "../db.ts";

/** Ends a job of which nothing is left to do. Failures and what was given up make it one with errors. */
export async function finishJob(sql: Sql, jobId: string): Promise<boolean> {
  const rows = await sql`
    update bulk_job j set finished_at = now(), status = case
      when exists (select from bulk_job_endpoint e where e.job_id = j.id and e.failed + e.retrying + e.discarded > 0)
      then 'done_with_errors' else 'done' end
    where j.id = ${jobId} and j.status = 'running'
      and not exists (select from bulk_job_endpoint e where e.job_id = j.id and e.waiting + e.open > 0)
    returning 1`;
  return rows.length > 0;
}
