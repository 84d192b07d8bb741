import { hotSql } from "../db.ts";
import type { DeliveryStatus, Outcome } from "../delivery/outcomes.ts";
import { errorFields, log } from "../log.ts";

/** Callers that one process lets wait; one more is answered without waiting. */
export const MAX_WAITERS = 1_000;
/** How often a caller's deliveries are looked at: often at first, less the longer it takes. */
const SHORTEST_PACE_MS = 20;
const LONGEST_PACE_MS = 250;
/** The database is asked no more than this share of the time. */
const REST_PER_LOOK = 3;

type Waiter = { open: string[]; since: number; nextAt: number; end: (waited: boolean) => void };

const waiters = new Set<Waiter>();
let looking = false;
let closing = false;

/**
 * Resolves when every one of these deliveries has had its first attempt or needs none, after so many milliseconds at
 * the latest, or when the caller has gone. All callers of this process share one look at the database, which also sees
 * what other machines deliver.
 * @returns false when this process lets nobody wait now: it is stopping, or enough wait already
 */
export function waitForFirstAttempts(deliveryIds: string[], ms: number, gone: AbortSignal): Promise<boolean> {
  if (closing || waiters.size >= MAX_WAITERS) return Promise.resolve(false);
  if (deliveryIds.length === 0 || ms <= 0 || gone.aborted) return Promise.resolve(true);
  return new Promise((resolve) => {
    const since = performance.now();
    const waiter = { open: deliveryIds, since, nextAt: since + SHORTEST_PACE_MS, end };
    const timer = setTimeout(end, ms, true);
    function end(waited: boolean) {
      clearTimeout(timer);
      waiters.delete(waiter);
      resolve(waited);
    }
    gone.addEventListener("abort", () => end(true), { once: true });
    waiters.add(waiter);
    lookIn(SHORTEST_PACE_MS);
  });
}

/** Ends every wait: the process stops, and its callers want their answers before. */
export function endWaits(): void {
  closing = true;
  for (const waiter of waiters) waiter.end(false);
}

function lookIn(ms: number): void {
  if (looking || waiters.size === 0) return;
  looking = true;
  setTimeout(look, ms);
}

async function look(): Promise<void> {
  const started = performance.now();
  const due = [...waiters].filter(({ nextAt }) => nextAt <= started);
  try {
    const open = await listOpen(due.flatMap((waiter) => waiter.open));
    for (const waiter of due) waiter.open = waiter.open.filter((id) => open.has(id));
  } catch (error) {
    log("warn", "first-attempts", errorFields(error));
  }
  const now = performance.now();
  for (const waiter of due) {
    if (waiter.open.length === 0) waiter.end(true);
    else waiter.nextAt = now + Math.min(Math.max((now - waiter.since) / 10, SHORTEST_PACE_MS), LONGEST_PACE_MS);
  }
  const rest = Math.max(SHORTEST_PACE_MS, REST_PER_LOOK * (now - started));
  looking = false;
  lookIn(rest);
}

/** Which of them still wait for their first attempt. What is held waits for its endpoint, and nobody can say how long. */
async function listOpen(deliveryIds: string[]): Promise<Set<string>> {
  if (deliveryIds.length === 0) return new Set();
  const ids = deliveryIds.toSorted();
  const rows = await hotSql()<{ id: string }[]>`
    select id from delivery
    where id = any(${ids}) and id >= ${ids[0] ?? null} and id <= ${ids.at(-1) ?? null}
      and status = 'queued' and attempts = 0`;
  return new Set(rows.map(({ id }) => id));
}

export type DeliveryOutcome = {
  id: string;
  endpointId: string;
  status: DeliveryStatus;
  attempts: number;
  lastOutcome: Outcome | null;
  lastStatusCode: number | null;
  lastDurationMs: number | null;
  reason: string | null;
};

/** How the deliveries of an accepted event stand now, in the order in which they were made. Replays are left out. */
export function listOutcomes(eventId: string): Promise<DeliveryOutcome[]> {
  return hotSql()<DeliveryOutcome[]>`
    select id, endpoint_id as "endpointId", status, attempts, last_outcome as "lastOutcome",
      last_status_code as "lastStatusCode", last_duration_ms as "lastDurationMs", reason
    from delivery where event_id = ${eventId} and id >= ${eventId} and replay_of is null order by id`;
}

/** Whether a delivery still waits for its first attempt. */
export function isOpen({ status, attempts }: Pick<DeliveryOutcome, "status" | "attempts">): boolean {
  return status === "queued" && attempts === 0;
}
