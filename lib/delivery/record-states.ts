import type { SqlTransaction } from "../db.ts";
import { saysNothing } from "./circuit.ts";
import type { Outcome } from "./outcomes.ts";
import { type CircuitRow, moveCircuits, type Told } from "./record-circuits.ts";
import type { Settlement } from "./settlement.ts";

/** A success is noted at most this often per endpoint, unless it ends a failure: workers would queue for the row. */
const SUCCESS_NOTED_EVERY_MS = 1_000;
/** Successes that nobody else knows of are kept for the circuit this long, the length of its window. */
const SUCCESSES_KEPT_MS = 60_000;

/** What a batch says about an endpoint. */
type State = {
  p: string;
  succeeded: boolean;
  failed: boolean;
  o: Outcome | null;
  sc: number | null;
  successes: number;
  /** More than its successes is worth knowing: a failure, a probe, an attempt that somebody asked for. */
  telling: boolean;
  settlements: Settlement[];
};
type Noted = { at: number; watched: boolean; successes: number; since: number };

const MOST_NOTED = 10_000;
const noted = new Map<string, Noted>();

/** Keeps how each endpoint is doing: since when it fails, its last success and failure, its circuit, and how slow it wants to be. */
export async function saveEndpointStates(tx: SqlTransaction, settlements: Settlement[]): Promise<void> {
  const now = Date.now();
  const states = summed(settlements);
  for (const { p, successes } of states.values()) keep(p, successes, now);
  const rows = [...states.values()].filter((state) => isWorthNoting(state, now)).sort((a, b) => (a.p < b.p ? -1 : 1));
  if (rows.length === 0) return;
  const written = await note(tx, rows);
  const told = await moveCircuits(
    tx,
    written.flatMap((row) => {
      const state = states.get(row.p);
      const earlier = Math.max(0, (noted.get(row.p)?.successes ?? 0) - (state?.successes ?? 0));
      return state ? [{ row, earlier, telling: state.telling, settlements: state.settlements }] : [];
    }),
  );
  for (const state of rows) remember(state, told.get(state.p) ?? { awaitsSuccess: false, counted: false }, now);
}

function summed(settlements: Settlement[]): Map<string, State> {
  const states = new Map<string, State>();
  for (const settlement of settlements) {
    const { job, test, attempts } = settlement;
    const last = attempts.at(-1);
    const probe = job.data.t === "probe";
    // Of test traffic only what shows that the endpoint works again.
    const counts = !test || last?.outcome === "success";
    if ((!counts || !last || saysNothing(last.outcome)) && !probe) continue;
    const state = states.get(job.data.p) ?? nothingYet(job.data.p);
    states.set(job.data.p, state);
    state.settlements.push(settlement);
    if (probe || job.data.t === "manual") state.telling = true;
    if (!last || saysNothing(last.outcome)) continue;
    state.o = last.outcome;
    state.sc = last.statusCode;
    if (last.outcome === "success") {
      state.succeeded = true;
      state.successes++;
    } else {
      state.failed = true;
      state.telling = true;
    }
  }
  return states;
}

function nothingYet(p: string): State {
  return { p, succeeded: false, failed: false, o: null, sc: null, successes: 0, telling: false, settlements: [] };
}

/** Successes stay in memory until a failure wants to know of them: an endpoint without trouble costs no write more. */
function keep(p: string, successes: number, now: number): void {
  const known = noted.get(p);
  if (!known) return;
  if (now - known.since > SUCCESSES_KEPT_MS) {
    known.since = now;
    known.successes = 0;
  }
  known.successes += successes;
}

function isWorthNoting({ p, telling }: State, now: number): boolean {
  const known = noted.get(p);
  return telling || !known || known.watched || now - known.at > SUCCESS_NOTED_EVERY_MS;
}

function note(tx: SqlTransaction, rows: State[]): Promise<CircuitRow[]> {
  const values = rows.map(({ p, succeeded, failed, o, sc }) => ({ p, succeeded, failed, o, sc }));
  return tx<CircuitRow[]>`
    insert into endpoint_state as state (endpoint_id, failing_since, last_success_at, last_failure_at, last_outcome, last_status_code)
    select p, case when o <> 'success' then now() end, case when succeeded then now() end,
      case when failed then now() end, o, sc
    from json_to_recordset(${JSON.stringify(values)}::text::json) as x (p uuid, succeeded boolean, failed boolean, o text, sc smallint)
    where exists (select from endpoint where id = p)
    on conflict (endpoint_id) do update set
      failing_since = case
        when excluded.last_outcome is null then state.failing_since
        when excluded.last_outcome = 'success' then null
        when excluded.last_success_at is not null then now()
        else coalesce(state.failing_since, now()) end,
      last_success_at = coalesce(excluded.last_success_at, state.last_success_at),
      last_failure_at = coalesce(excluded.last_failure_at, state.last_failure_at),
      last_outcome = coalesce(excluded.last_outcome, state.last_outcome),
      last_status_code = case when excluded.last_outcome is null then state.last_status_code else excluded.last_status_code end
    returning endpoint_id as p, circuit, circuit_reason as "circuitReason", circuit_since as "circuitSince",
      probe_at as "probeAt", failed_probes as "failedProbes", failures_in_a_row as "failuresInARow",
      window_since as "windowSince", window_attempts as "windowAttempts", window_failed as "windowFailed",
      slowed_until as "slowedUntil", slowdowns, clock_timestamp() as now,
      (select version from endpoint where id = endpoint_id) as version`;
}

/** One that fails now and then is written once a second like any other, not with every success in between. */
function remember({ p, o }: State, told: Told, now: number): void {
  // Forgetting costs one more note per endpoint.
  if (noted.size > MOST_NOTED) noted.clear();
  const known = noted.get(p);
  const kept =
    known && !told.counted ? { successes: known.successes, since: known.since } : { successes: 0, since: now };
  noted.set(p, { at: now, watched: (o !== null && o !== "success") || told.awaitsSuccess, ...kept });
}
