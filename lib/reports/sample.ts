import { type SQL, sql } from "drizzle-orm";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { rowsVisited } from "./rows-visited.ts";
import type { Reader } from "./within-time.ts";

/** Which part of the stored pages a count reads: of few rows all, of many about as many as may be counted. */
export type Sample = { share: number; clause: SQL };

/** Looking into a payload costs as much as counting twenty rows. */
const PAYLOAD_COST = 20;

export async function sampleOf(
  reader: Reader,
  workspaceId: string,
  filter: DeliveryFilter,
  mostCounted: number,
): Promise<Sample | null> {
  const visited = await rowsVisited(reader, workspaceId, filter);
  if (filter.body?.length && visited * PAYLOAD_COST > mostCounted) return null;
  const share = Math.min(mostCounted / Math.max(visited, 1), 1);
  // Always the same pages, so that a reload shows the same numbers.
  const clause = share < 1 ? sql`tablesample system (${share * 100}::real) repeatable (1)` : sql``;
  return { share, clause };
}
