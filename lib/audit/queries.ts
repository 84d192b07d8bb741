import { and, asc, eq, like, sql } from "drizzle-orm";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";
import { type Page, paged, pageLimit, pageOrder, withinPage } from "../reports/page.ts";

/** `actor` is an outside id; `subject` the noun before the dot of an action, such as `endpoint`. */
export type AuditFilter = { actor?: string; subject?: string; target?: string };

export async function listAuditEntries(workspaceId: string, filter: AuditFilter, page: Page) {
  const rows = await db()
    .select({
      id: auditEntry.id,
      actor: auditEntry.actor,
      actorName: auditEntry.actorName,
      action: auditEntry.action,
      target: auditEntry.target,
      targetName: auditEntry.targetName,
      detail: auditEntry.detail,
      address: auditEntry.address,
    })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.workspaceId, workspaceId),
        filter.actor ? eq(auditEntry.actor, filter.actor) : undefined,
        filter.subject ? like(auditEntry.action, `${filter.subject.replace(/[\\%_]/g, "\\$&")}.%`) : undefined,
        filter.target ? eq(auditEntry.target, filter.target) : undefined,
        withinPage(auditEntry.id, page),
      ),
    )
    .orderBy(pageOrder(auditEntry.id, page))
    .limit(pageLimit(page));
  return paged(rows, page);
}
export type AuditRow = Awaited<ReturnType<typeof listAuditEntries>>["rows"][number];

/** What the filters offer: who has changed something, and what kind of thing was changed. */
export async function listAuditChoices(workspaceId: string) {
  const mine = eq(auditEntry.workspaceId, workspaceId);
  const subject = sql<string>`split_part(${auditEntry.action}, '.', 1)`;
  const [actors, subjects] = await Promise.all([
    db()
      .selectDistinctOn([auditEntry.actor], { id: auditEntry.actor, name: auditEntry.actorName })
      .from(auditEntry)
      .where(mine)
      .orderBy(asc(auditEntry.actor)),
    db().selectDistinct({ subject }).from(auditEntry).where(mine).orderBy(subject),
  ]);
  return { actors, subjects: subjects.map((row) => row.subject) };
}
