import { and, count, desc, eq, gte, max, sql } from "drizzle-orm";
import { event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";

const DAY_MS = 86_400_000;
/** However busy the workspace is, this many of its newest events are looked at. */
const SAMPLE = 20_000;

export type EventTypeVolume = { perDay: number; lastSeenAt: Date };
export type EventTypeVolumes = {
  /** False when there were too many events to count: then `perDay` is worked out from the newest ones. */
  exact: boolean;
  byType: Map<string, EventTypeVolume>;
};

/** Events of the last 24 hours by type; types without any are not in there, and test events are left out. */
export async function eventTypeVolumes(workspaceId: string, now = new Date()): Promise<EventTypeVolumes> {
  const newest = db()
    .select({ id: event.id, type: event.type, test: event.test })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), gte(event.id, firstIdAt(now.getTime() - DAY_MS))))
    .orderBy(desc(event.id))
    .limit(SAMPLE)
    .as("newest");
  const rows = await db()
    .select({
      type: newest.type,
      events: sql<number>`count(*) filter (where not ${newest.test})::int`,
      seen: count(),
      lastId: sql<string>`${max(sql`${newest.id}::text`)}`,
      firstId: sql<string>`min(${newest.id}::text)`,
    })
    .from(newest)
    .groupBy(newest.type);
  const exact = rows.reduce((sum, { seen }) => sum + seen, 0) < SAMPLE;
  const perDay = exact ? 1 : dayOver(rows, now);
  return {
    exact,
    byType: new Map(
      rows
        .filter(({ events }) => events > 0)
        .map(({ type, events, lastId }) => [type, { perDay: Math.round(events * perDay), lastSeenAt: idTime(lastId) }]),
    ),
  };
}

/** How often the time that the sample covers fits into a day. */
function dayOver(rows: { firstId: string }[], now: Date): number {
  const oldest = Math.min(...rows.map(({ firstId }) => idTime(firstId).getTime()));
  return DAY_MS / Math.max(now.getTime() - oldest, 1);
}
