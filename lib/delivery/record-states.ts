import type { SqlTransaction } from "../db.ts";
import type { Outcome } from "./outcomes.ts";
import type { Settlement } from "./settlement.ts";

/** A success is noted at most this often per endpoint, unless it ends a failure: workers would queue for the row. */
const SUCCESS_NOTED_EVERY_MS = 1_000;

type State = { p: string; succeeded: boolean; failed: boolean; o: Outcome; sc: number | null };

const MOST_NOTED = 10_000;
const noted = new Map<string, { at: number; failing: boolean }>();

/** Keeps how each endpoint is doing: since when it fails, and its last success and failure. */
export async function saveEndpointStates(tx: SqlTransaction, settlements: Settlement[]): Promise<void> {
  const now = Date.now();
  const rows = [...summed(settlements).values()]
    .filter((state) => isWorthNoting(state, now))
    .sort((a, b) => (a.p < b.p ? -1 : 1));
  if (rows.length === 0) return;
  await tx`
    insert into endpoint_state as state (endpoint_id, failing_since, last_success_at, last_failure_at, last_outcome, last_status_code)
    select p, case when o <> 'success' then now() end, case when succeeded then now() end,
      case when failed then now() end, o, sc
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (p uuid, succeeded boolean, failed boolean, o text, sc smallint)
    where exists (select from endpoint where id = p)
    on conflict (endpoint_id) do update set
      failing_since = case
        when excluded.last_outcome = 'success' then null
        when excluded.last_success_at is not null then now()
        else coalesce(state.failing_since, now()) end,
      last_success_at = coalesce(excluded.last_success_at, state.last_success_at),
      last_failure_at = coalesce(excluded.last_failure_at, state.last_failure_at),
      last_outcome = excluded.last_outcome,
      last_status_code = excluded.last_status_code`;
  // Forgetting costs one more note per endpoint.
  if (noted.size > MOST_NOTED) noted.clear();
  for (const { p, o } of rows) noted.set(p, { at: now, failing: o !== "success" });
}

function summed(settlements: Settlement[]): Map<string, State> {
  const states = new Map<string, State>();
  for (const { job, test, attempts } of settlements) {
    const last = attempts.at(-1);
    if (test || !last || last.outcome === "interrupted" || last.outcome === "cancelled") continue;
    const known = states.get(job.data.p);
    states.set(job.data.p, {
      p: job.data.p,
      succeeded: last.outcome === "success" || known?.succeeded === true,
      failed: last.outcome !== "success" || known?.failed === true,
      o: last.outcome,
      sc: last.statusCode,
    });
  }
  return states;
}

function isWorthNoting({ p, failed }: State, now: number): boolean {
  const known = noted.get(p);
  return failed || !known || known.failing || now - known.at > SUCCESS_NOTED_EVERY_MS;
}
