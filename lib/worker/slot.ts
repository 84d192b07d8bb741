import type { Sql } from "../db.ts";

/** Statistics are kept in rows per worker: two with the same number would wait for each other. */
const MOST_WORKERS = 1_000;

/** The lowest number that no other worker of this installation has, kept by a lock of this connection's session. */
export async function takeSlot(direct: Sql): Promise<number> {
  for (let slot = 0; slot < MOST_WORKERS; slot++) {
    const [row] = await direct<{ taken: boolean }[]>`
      select pg_try_advisory_lock(hashtext('posthorn.worker'), ${slot}) as taken`;
    if (row?.taken) return slot;
  }
  throw new Error(`More than ${MOST_WORKERS} workers share this database`);
}
