import type { SqlTransaction } from "../db.ts";
import { formatId } from "../ids.ts";
import { log } from "../log.ts";
import { announceParked } from "../queue/gate-channel.ts";
import {
  afterCall,
  afterSuccesses,
  awaitsSuccess,
  type CallEnd,
  type CircuitState,
  isTroubled,
  saysNothing,
} from "./circuit.ts";
import type { Settlement } from "./settlement.ts";

/** An endpoint's circuit as it is stored, its row locked by this transaction; `now` by the database's clock. */
export type CircuitRow = CircuitState & { p: string; version: number | null; now: Date };
/** `earlier`: successes before this batch that are not counted yet. `telling`: the batch has more than successes. */
export type Batch = { row: CircuitRow; earlier: number; telling: boolean; settlements: Settlement[] };
/** `awaitsSuccess`: its next one is to be written at once. `counted`: those so far are counted. */
export type Told = { awaitsSuccess: boolean; counted: boolean };

type Move = { p: string; before: CircuitState; after: CircuitState };

/** Moves the circuits of endpoints by how their calls ended. Nothing is written for those without trouble. */
export async function moveCircuits(tx: SqlTransaction, batches: Batch[]): Promise<Map<string, Told>> {
  const told = new Map<string, Told>();
  const moved: Move[] = [];
  for (const { row, earlier, telling, settlements } of batches) {
    const { p, version, now, ...before } = row;
    const counted = telling || isTroubled(before, now);
    const after = counted ? afterAll(before, earlier, endsOf(version, settlements), now) : before;
    if (after !== before) moved.push({ p, before, after });
    told.set(p, { awaitsSuccess: awaitsSuccess(after), counted });
  }
  if (moved.length > 0) await save(tx, moved);
  return told;
}

type End = CallEnd & { at: number };

/** What happened before this batch comes first, then its calls in the order in which they ended. */
function afterAll(before: CircuitState, earlier: number, ends: End[], now: Date): CircuitState {
  const start = before.circuit === "closed" ? afterSuccesses(before, earlier, now) : before;
  return ends.sort((a, b) => a.at - b.at).reduce((state, end) => afterCall(state, end, now), start);
}

/** The calls of a batch to the endpoint as it is now: an answer to what it was before says nothing about it. */
function endsOf(version: number | null, settlements: Settlement[]): End[] {
  const told = new Set<string>();
  return settlements.flatMap((settlement): End[] => {
    const { job, attempts, next } = settlement;
    const last = attempts.at(-1);
    // A request that carried many deliveries is one call.
    if (last?.batchId && told.has(last.batchId)) return [];
    if (last?.batchId) told.add(last.batchId);
    const known = { probe: job.data.t === "probe", manual: job.data.t === "manual" };
    if (!last || saysNothing(last.outcome)) {
      const lost = known.probe && next?.job.t !== "probe";
      return lost ? [{ ...known, outcome: null, statusCode: null, retryAfterSeconds: null, at: Date.now() }] : [];
    }
    if (settlement.version !== null && settlement.version !== version) return [];
    const { outcome, statusCode, retryAfterSeconds, startedAt, totalMs } = last;
    return [{ ...known, outcome, statusCode, retryAfterSeconds, at: startedAt.getTime() + totalMs }];
  });
}

async function save(tx: SqlTransaction, moved: Move[]): Promise<void> {
  const rows = moved.map(({ p, after }) => ({ p, ...after }));
  await tx`
    update endpoint_state s set circuit = x.circuit, circuit_reason = "circuitReason", circuit_since = "circuitSince",
      probe_at = "probeAt", failed_probes = "failedProbes", failures_in_a_row = "failuresInARow",
      window_since = "windowSince", window_attempts = "windowAttempts", window_failed = "windowFailed",
      slowed_until = "slowedUntil", slowdowns = x.slowdowns
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (p uuid, circuit text, "circuitReason" text,
      "circuitSince" timestamptz, "probeAt" timestamptz, "failedProbes" int, "failuresInARow" int,
      "windowSince" timestamptz, "windowAttempts" int, "windowFailed" int, "slowedUntil" timestamptz, slowdowns int)
    where s.endpoint_id = x.p`;
  const turned = moved.filter(({ before, after }) => before.circuit !== after.circuit);
  for (const { p, after } of turned) {
    log("info", "circuit", { endpoint: formatId("ep", p), circuit: after.circuit, reason: after.circuitReason });
  }
  if (turned.length > 0) await announceParked(tx);
}
