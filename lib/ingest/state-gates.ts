import { ingestSql } from "../db.ts";
import { errorFields, log } from "../log.ts";

/** How long what is known counts as fresh, and beyond which age a flush waits for news: the first after a quiet time. */
const FRESH_MS = 1_000;
const STALE_MS = 2_000;

/** `held`: its circuit is open. `waiting`: it was slowed down, or cannot take all it is sent. */
export type StateGate = "held" | "waiting";
export type StateGates = ReadonlyMap<string, StateGate>;

let known: StateGates = new Map();
let knownAt = Number.NEGATIVE_INFINITY;
let reading: Promise<void> | null = null;

/**
 * Endpoints whose deliveries stand in line for how they are doing, whatever their configuration. About a second old at
 * most: one that is missed here is caught when it is claimed, so the way in never pays for a look at every event.
 */
export async function stateGates(now = performance.now()): Promise<StateGates> {
  if (now - knownAt < FRESH_MS) return known;
  reading ??= readGates().finally(() => {
    reading = null;
  });
  if (now - knownAt > STALE_MS) await reading;
  return known;
}

async function readGates(): Promise<void> {
  const asked = performance.now();
  try {
    const rows = await ingestSql()<{ id: string; held: boolean }[]>`
      select endpoint_id as id, circuit <> 'closed' as held from endpoint_state
      where circuit <> 'closed' or slowed_until > now() or crowded_since is not null`;
    known = new Map(rows.map(({ id, held }) => [id, held ? "held" : "waiting"]));
    knownAt = asked;
  } catch (error) {
    // The flush itself finds out whether the database is there.
    log("warn", "state-gates", errorFields(error));
  }
}
