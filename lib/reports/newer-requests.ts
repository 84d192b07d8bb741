import { firstIdAt, idTime } from "../ids.ts";
import { MAX_PAGE_LIMIT } from "./page.ts";
import type { RequestFilter } from "./request-filter.ts";
import { listRequests, type RequestRow, requestsByIds } from "./requests.ts";
import { TookTooLong } from "./within-time.ts";

/** An id is made before its row commits: one that is smaller than the newest on the page may come after it. */
const LOOK_BACK_MS = 5_000;
/** More than this are "99+". */
const MOST = 100;
/** A page asks every few seconds. */
const PATIENCE_MS = 1_000;

/** What of a request can change after it came; two that are equal look the same in a list. */
export function requestMark({ id, verdict, deliveries, acceptedAt }: RequestRow): string {
  return `${id} ${verdict} ${deliveries} ${acceptedAt?.getTime() ?? ""}`;
}

/**
 * How many requests of a list are newer than what a page shows, and how those that it shows stand now.
 * @param seen the page's rows, the newest first
 */
export async function requestNews(workspaceId: string, filter: RequestFilter, seen: string[]) {
  const [rows, newer] = await Promise.all([
    requestsByIds(workspaceId, seen),
    countNewer(workspaceId, filter, seen.slice(0, MAX_PAGE_LIMIT - MOST)),
  ]);
  return { newer, marks: rows.map(requestMark).toSorted() };
}

async function countNewer(workspaceId: string, filter: RequestFilter, seen: string[]): Promise<number> {
  const known = new Set(seen);
  try {
    const page = { after: lookFrom(seen), limit: MOST + known.size, effort: { patienceMs: PATIENCE_MS } };
    const { rows } = await listRequests(workspaceId, filter, page);
    return Math.min(MOST, rows.filter(({ id }) => !known.has(id)).length);
  } catch (error) {
    // Many came that do not match; whoever opens the list anew is told.
    if (error instanceof TookTooLong) return 0;
    throw error;
  }
}

/** Not beyond the oldest that is shown: what is before it is on the next page. An empty list looks at all. */
function lookFrom(seen: string[]): string {
  const [newest] = seen;
  if (!newest) return firstIdAt(0);
  const back = firstIdAt(idTime(newest).getTime() - LOOK_BACK_MS);
  const oldest = seen.at(-1) ?? newest;
  return oldest > back ? oldest : back;
}
