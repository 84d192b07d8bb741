import { and, desc, eq, gte } from "drizzle-orm";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";
import { firstIdAt, formatId, idTime } from "../ids.ts";

/** More edits of one event than a page names. */
const MOST = 5;

/** An event that was made from another by editing it. */
export type Edit = { /** Outside id. */ eventId: string; at: Date; by: string };

/** What was made from an event by editing it, newest first; by the audit log, which is far smaller than the events. */
export async function listEdits(workspaceId: string, eventId: string): Promise<Edit[]> {
  const rows = await db()
    .select({ id: auditEntry.id, by: auditEntry.actorName, detail: auditEntry.detail })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.workspaceId, workspaceId),
        gte(auditEntry.id, firstIdAt(idTime(eventId))),
        eq(auditEntry.target, formatId("evt", eventId)),
        eq(auditEntry.action, "event.edited"),
      ),
    )
    .orderBy(desc(auditEntry.id))
    .limit(MOST);
  return rows.flatMap(({ id, by, detail }) => {
    const made = typeof detail === "object" && detail !== null && "event" in detail ? detail.event : null;
    return typeof made === "string" ? [{ eventId: made, at: idTime(id), by }] : [];
  });
}
