import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { request } from "../../drizzle/schema/inbound.ts";
import type { delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";
import { plannedRows } from "./rows-visited.ts";
import type { Reader } from "./within-time.ts";

/** What is kept by day, with ids that say when. */
export type DatedTable = typeof delivery | typeof event | typeof request;

/** Clocks of two machines differ: the newest rows may seem to lie ahead. */
const AHEAD_MS = 60_000;
/** What looking into a payload costs, beside looking at a row. */
const PAYLOAD_COST = 4;

/** The time in which rows can lie that come before a cursor: never endless on either side. */
export async function searchedSpan(
  table: DatedTable,
  workspaceId: string,
  { from, to }: { from?: Date | null; to?: Date | null },
  before?: string | null,
): Promise<{ from: Date; to: Date }> {
  const latest = Math.min(to?.getTime() ?? Number.POSITIVE_INFINITY, Date.now() + AHEAD_MS);
  // A cursor's millisecond has more ids than the cursor's own.
  const end = before ? Math.min(latest, idTime(before).getTime() + 1) : latest;
  const start = from ?? (await oldestOf(db(), table, workspaceId));
  return { from: start ?? new Date(end), to: new Date(end) };
}

/** About how many rows of a workspace lie in a span; with payloads each counts for several. */
export function rowsWithin(
  table: DatedTable,
  workspaceId: string,
  { from, to }: { from: Date; to: Date },
  payloads: boolean,
) {
  const where = and(eq(table.workspaceId, workspaceId), gte(table.id, firstIdAt(from)), lt(table.id, firstIdAt(to)));
  return async (reader: Reader) => (await plannedRows(reader, table, where)) * (payloads ? PAYLOAD_COST : 1);
}

/** When the oldest row was made that is still there. */
export async function oldestOf(reader: Reader, table: DatedTable, workspaceId: string): Promise<Date | null> {
  const [first] = await reader
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.workspaceId, workspaceId), lt(table.id, firstIdAt(Date.now() + AHEAD_MS))))
    .orderBy(asc(table.id))
    .limit(1);
  return first ? idTime(first.id) : null;
}
