import { and, eq, isNotNull } from "drizzle-orm";
import { eventType } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";

/** The retry schedules of a workspace's event types, by name; most types have none. */
export async function typeSchedules(workspaceId: string): Promise<Map<string, number[]>> {
  const rows = await db()
    .select({ name: eventType.name, schedule: eventType.retrySchedule })
    .from(eventType)
    .where(and(eq(eventType.workspaceId, workspaceId), isNotNull(eventType.retrySchedule)));
  return new Map(rows.flatMap(({ name, schedule }) => (schedule ? [[name, schedule] as const] : [])));
}
