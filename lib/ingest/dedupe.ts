import type { SqlTransaction } from "../db.ts";
import { DEDUPE_HOURS, INBOUND_DEDUPE_HOURS } from "./limits.ts";
import type { NewEvent } from "./new-event.ts";
import type { PlannedEvent } from "./plan.ts";

/** What makes a repeated call known, and for how long. A source's keys are its own. */
export type Dedupe = { scope: string; key: string; hours: number };
export type Keyed = PlannedEvent & { dedupe: Dedupe; fingerprint: Buffer };
/** Which event an idempotency key stands for now. */
export type Holder = { eventId: string; fingerprint: Buffer };

export function dedupeOf({ workspaceId, idempotencyKey, origin }: NewEvent): Dedupe | null {
  if (origin) {
    const { sourceId: scope, dedupeKey: key } = origin;
    return key === null ? null : { scope, key, hours: INBOUND_DEDUPE_HOURS };
  }
  return idempotencyKey === undefined ? null : { scope: workspaceId, key: idempotencyKey, hours: DEDUPE_HOURS };
}

export function dedupeName({ scope, key }: Pick<Dedupe, "scope" | "key">): string {
  return `${scope} ${key}`;
}

/**
 * Claims idempotency keys in the transaction: the unique key decides, and a claim that another transaction has not
 * committed yet is waited for. A key past its time is taken over.
 * @returns who holds each key now: the claimant itself, or an earlier event
 */
export async function claimKeys(tx: SqlTransaction, claims: Keyed[]): Promise<Map<string, Holder>> {
  // Sorted: flushes that share keys take them in the same order.
  const sorted = [...claims].sort((a, b) => (dedupeName(a.dedupe) < dedupeName(b.dedupe) ? -1 : 1));
  const scopes = sorted.map(({ dedupe }) => dedupe.scope);
  const keys = sorted.map(({ dedupe }) => dedupe.key);
  const insert = tx`
    insert into dedupe_key (scope, key, fingerprint, event_id, expires_at)
    select scope, key, decode(fingerprint, 'hex'), event_id, now() + make_interval(hours => hours)
    from unnest(${scopes}::uuid[], ${keys}::text[], ${sorted.map(({ fingerprint }) => fingerprint.toString("hex"))}::text[],
      ${sorted.map(({ id }) => id)}::uuid[], ${sorted.map(({ dedupe }) => dedupe.hours)}::int[])
      as c (scope, key, fingerprint, event_id, hours)
    on conflict (scope, key) do update
    set fingerprint = excluded.fingerprint, event_id = excluded.event_id, expires_at = excluded.expires_at
    where dedupe_key.expires_at <= now()`.execute();
  const select = tx<{ scope: string; key: string; fingerprint: Buffer; event_id: string }[]>`
    select d.scope, d.key, d.fingerprint, d.event_id from dedupe_key d
    join unnest(${scopes}::uuid[], ${keys}::text[]) as c (scope, key) on d.scope = c.scope and d.key = c.key`.execute();
  const [, rows] = await Promise.all([insert, select]);
  return new Map(rows.map((row) => [dedupeName(row), { eventId: row.event_id, fingerprint: row.fingerprint }]));
}
