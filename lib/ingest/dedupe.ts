import type { SqlTransaction } from "../db.ts";
import { DEDUPE_HOURS } from "./limits.ts";
import type { PlannedEvent } from "./plan.ts";

export type Keyed = PlannedEvent & { key: string; fingerprint: Buffer };
/** Which event an idempotency key stands for now. */
export type Holder = { eventId: string; fingerprint: Buffer };

export function dedupeName(scope: string, key: string): string {
  return `${scope} ${key}`;
}

/**
 * Claims idempotency keys in the transaction: the unique key decides, and a claim that another transaction has not
 * committed yet is waited for. A key past its time is taken over.
 * @returns who holds each key now: the claimant itself, or an earlier event
 */
export async function claimKeys(tx: SqlTransaction, claims: Keyed[]): Promise<Map<string, Holder>> {
  // Sorted: flushes that share keys take them in the same order.
  const sorted = [...claims].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const scopes = sorted.map(({ event }) => event.workspaceId);
  const keys = sorted.map(({ key }) => key);
  const insert = tx`
    insert into dedupe_key (scope, key, fingerprint, event_id, expires_at)
    select scope, key, decode(fingerprint, 'hex'), event_id, now() + make_interval(hours => ${DEDUPE_HOURS})
    from unnest(${scopes}::uuid[], ${keys}::text[], ${sorted.map(({ fingerprint }) => fingerprint.toString("hex"))}::text[],
      ${sorted.map(({ id }) => id)}::uuid[]) as c (scope, key, fingerprint, event_id)
    on conflict (scope, key) do update
    set fingerprint = excluded.fingerprint, event_id = excluded.event_id, expires_at = excluded.expires_at
    where dedupe_key.expires_at <= now()`.execute();
  const select = tx<{ scope: string; key: string; fingerprint: Buffer; event_id: string }[]>`
    select d.scope, d.key, d.fingerprint, d.event_id from dedupe_key d
    join unnest(${scopes}::uuid[], ${keys}::text[]) as c (scope, key) on d.scope = c.scope and d.key = c.key`.execute();
  const [, rows] = await Promise.all([insert, select]);
  return new Map(
    rows.map((row) => [dedupeName(row.scope, row.key), { eventId: row.event_id, fingerprint: row.fingerprint }]),
  );
}

function nameOf({ event, key }: Keyed): string {
  return dedupeName(event.workspaceId, key);
}
