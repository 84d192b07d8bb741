import { firstIdAt, idTime } from "../ids.ts";
import { listDeliveries } from "./deliveries.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { TookTooLong } from "./within-time.ts";

/** An id is made before its row commits: one that is smaller than the newest on the page may come after it. */
const LOOK_BACK_MS = 5_000;
/** More than this are "99+". */
const MOST = 100;
/** Of a page; what is older than that is no news. */
const MOST_SEEN = 250;
/** A page asks every few seconds. */
const PATIENCE_MS = 1_000;

/**
 * How many deliveries of a list are newer than what a page shows, and those that were committed late among them.
 * @param seen the page's newest rows, the newest first; all of them when it shows no older ones
 */
export async function countNewer(workspaceId: string, filter: DeliveryFilter, seen: string[]): Promise<number> {
  const [newest] = seen;
  if (!newest) return 0;
  const known = new Set(seen.slice(0, MOST_SEEN));
  const after = lookFrom(newest, seen.at(-1) ?? newest);
  try {
    const page = { after, limit: MOST + known.size, effort: { patienceMs: PATIENCE_MS } };
    const { rows } = await listDeliveries(workspaceId, filter, page);
    return Math.min(MOST, rows.filter(({ id }) => !known.has(id)).length);
  } catch (error) {
    // Many came that do not match; whoever opens the list anew is told.
    if (error instanceof TookTooLong) return 0;
    throw error;
  }
}

/** Not beyond the oldest that is shown: what is before it is on the next page. */
function lookFrom(newest: string, oldest: string): string {
  const back = firstIdAt(idTime(newest).getTime() - LOOK_BACK_MS);
  return oldest > back ? oldest : back;
}
