import type { SqlTransaction } from "../db.ts";
import type { Ordering } from "../endpoints/states.ts";
import type { Target } from "./left-out.ts";
import { type JobScope, type JobStatus, readScope } from "./scope.ts";
import type { Sums } from "./sums.ts";

/** A job at one endpoint, locked. */
export type Line = {
  jobId: string;
  endpointId: string;
  workspaceId: string;
  status: JobStatus;
  scope: JobScope;
  pace: number | null;
  actor: string;
  waiting: number;
  open: number;
  tokens: number | null;
  tokensAt: Date | null;
  now: Date;
  /** Null: there is none of this id in the workspace. */
  endpoint: (Target & { ordering: Ordering }) | null;
};

/** Nobody stops the job before this transaction ends; null when there is no such line. */
export async function lockLine(tx: SqlTransaction, jobId: string, endpointId: string): Promise<Line | null> {
  const [job] = await tx<Pick<Line, "workspaceId" | "status" | "scope" | "pace" | "actor">[]>`
    select workspace_id as "workspaceId", status, scope, pace, actor from bulk_job where id = ${jobId} for share`;
  const [line] = await tx<Pick<Line, "waiting" | "open" | "tokens" | "tokensAt" | "now">[]>`
    select waiting, open, tokens, tokens_at as "tokensAt", clock_timestamp() as now from bulk_job_endpoint
    where job_id = ${jobId} and endpoint_id = ${endpointId} for update`;
  if (!job || !line) return null;
  const [endpoint] = await tx<NonNullable<Line["endpoint"]>[]>`
    select status, deleted_at is not null as deleted, ordering from endpoint
    where id = ${endpointId} and workspace_id = ${job.workspaceId}`;
  return { jobId, endpointId, ...job, scope: readScope(job.scope), ...line, endpoint: endpoint ?? null };
}

/** A change of one item. What was there before it stands in `before`, where a delivery is put in line. */
export type ItemChange = {
  deliveryId: string;
  state: keyof Sums;
  skipped?: string;
  before?: { attempts: number; status: string | null; reason: string | null; finishedAt: Date | null };
};

/** Writes items and the line's sums together, so that the two never differ. */
export async function changeItems(
  tx: SqlTransaction,
  { jobId, endpointId }: Line,
  from: "waiting" | "open",
  changes: ItemChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ deliveryId: d, state: s, skipped: w, before }) => ({
    d,
    s,
    w,
    n: before?.attempts,
    b: before?.status,
    r: before?.reason,
    f: before?.finishedAt,
  }));
  const written = await tx<{ state: keyof Sums; count: number }[]>`
    with written as (
      update bulk_job_item i set state = s, skipped = w, attempts_before = coalesce(n, i.attempts_before),
        status_before = case when n is null then i.status_before else b end,
        reason_before = case when n is null then i.reason_before else r end,
        finished_before = case when n is null then i.finished_before else f end
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as x (d uuid, s text, w text, n int, b text, r text, f timestamptz)
      where i.job_id = ${jobId} and i.delivery_id = d and i.state = ${from}
      returning i.state
    )
    select state, count(*)::int as count from written group by state`;
  const of = (state: keyof Sums) => written.find((row) => row.state === state)?.count ?? 0;
  const gone = written.reduce((sum, { count }) => sum + count, 0);
  const less = (state: "waiting" | "open") => of(state) - (from === state ? gone : 0);
  await tx`
    update bulk_job_endpoint set waiting = waiting + ${less("waiting")}, open = open + ${less("open")},
      delivered = delivered + ${of("delivered")}, failed = failed + ${of("failed")},
      retrying = retrying + ${of("retrying")}, discarded = discarded + ${of("discarded")},
      skipped = skipped + ${of("skipped")}
    where job_id = ${jobId} and endpoint_id = ${endpointId}`;
}
