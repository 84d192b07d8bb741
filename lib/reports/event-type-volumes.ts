import { and, count, desc, eq, gte, max, sql } from "drizzle-orm";
import { event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;
const DAY_MS = HOURS * HOUR_MS;
/** However busy the workspace is, this many of its newest events are looked at. */
const SAMPLE = 20_000;

/** `hours`: events of each of the last 24 hours, the oldest first; null where too many came to look back so far. */
export type EventTypeVolume = { perDay: number; lastSeenAt: Date; hours: (number | null)[] };
export type EventTypeVolumes = {
  /** False when there were too many events to count: then `perDay` is worked out from the newest ones. */
  exact: boolean;
  byType: Map<string, EventTypeVolume>;
};

/** Events of the last 24 hours by type; types without any are not in there, and test events are left out. */
export async function eventTypeVolumes(workspaceId: string, now = new Date()): Promise<EventTypeVolumes> {
  const rows = await countByHour(workspaceId, now);
  const exact = rows.reduce((sum, { seen }) => sum + seen, 0) < SAMPLE;
  const oldest = Math.min(now.getTime(), ...rows.map(({ firstId }) => idTime(firstId).getTime()));
  const perDay = exact ? 1 : DAY_MS / Math.max(now.getTime() - oldest, 1);
  // Of the hour in which the sample begins only a part was seen.
  const knownFrom = exact ? 0 : Math.floor((oldest - (now.getTime() - DAY_MS)) / HOUR_MS) + 1;
  const types = Map.groupBy(
    rows.filter(({ events }) => events > 0),
    ({ type }) => type,
  );
  return { exact, byType: new Map([...types].map(([type, hours]) => [type, volumeOf(hours, { perDay, knownFrom })])) };
}

type HourRow = { type: string; hour: number; events: number; seen: number; lastId: string; firstId: string };

function volumeOf(rows: HourRow[], { perDay, knownFrom }: { perDay: number; knownFrom: number }): EventTypeVolume {
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  const hours = Array.from({ length: HOURS }, (_, hour) =>
    hour < knownFrom ? null : (rows.find((row) => row.hour === hour)?.events ?? 0),
  );
  const newest = rows.map(({ lastId }) => lastId).reduce((a, b) => (a > b ? a : b));
  return { perDay: Math.round(events * perDay), lastSeenAt: idTime(newest), hours };
}

function countByHour(workspaceId: string, now: Date): Promise<HourRow[]> {
  const from = now.getTime() - DAY_MS;
  const bounds = Array.from({ length: HOURS - 1 }, (_, hour) => firstIdAt(from + (hour + 1) * HOUR_MS));
  const newest = db()
    .select({ id: event.id, type: event.type, test: event.test })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), gte(event.id, firstIdAt(from))))
    .orderBy(desc(event.id))
    .limit(SAMPLE)
    .as("newest");
  return db()
    .select({
      type: newest.type,
      hour: sql<number>`width_bucket(${newest.id}, ${`{${bounds.join(",")}}`}::uuid[])`.as("hour"),
      events: sql<number>`count(*) filter (where not ${newest.test})::int`,
      seen: count(),
      lastId: sql<string>`${max(sql`${newest.id}::text`)}`,
      firstId: sql<string>`min(${newest.id}::text)`,
    })
    .from(newest)
    .groupBy(newest.type, sql`hour`);
}
