import { hotSql } from "../db.ts";
import { errorFields, log } from "../log.ts";

/** Uses are written together, this long after the first of them; a busy key costs one update a round. */
const WRITE_AFTER_MS = 2_000;

const used = new Map<string, { at: Date; address: string | null }>();
let timer: NodeJS.Timeout | undefined;

/** Remembers that a key was used just now. */
export function noteKeyUse(keyId: string, address: string | null): void {
  const known = used.get(keyId);
  if (known) known.at = new Date();
  else used.set(keyId, { at: new Date(), address });
  timer ??= setTimeout(writeKeyUses, WRITE_AFTER_MS).unref();
}

/** Writes what was noted. Also on the way out, so that the last use of a stopped process is not lost. */
export async function writeKeyUses(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  if (used.size === 0) return;
  // Sorted, like every write of several rows: two processes that lock the same keys take them in the same order.
  const rows = [...used].sort(([a], [b]) => (a < b ? -1 : 1));
  used.clear();
  try {
    await hotSql()`
      update api_key set last_used_at = greatest(last_used_at, u.at), last_used_address = coalesce(u.address, last_used_address)
      from (
        select k.id, n.at, n.address from api_key k
        join unnest(${rows.map(([id]) => id)}::uuid[], ${rows.map(([, use]) => use.at.toISOString())}::text[]::timestamptz[],
          ${rows.map(([, use]) => use.address)}::text[]) as n (id, at, address) on n.id = k.id
        order by k.id for update of k
      ) u
      where api_key.id = u.id`;
  } catch (error) {
    // When a key was last used is worth knowing, never worth failing for.
    log("warn", "api-keys", errorFields(error));
  }
}
