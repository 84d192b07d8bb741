import { and, asc, count, eq } from "drizzle-orm";
import type { z } from "zod";
import { template } from "../../drizzle/schema/console.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { formatId, newId } from "../ids.ts";
import type { templateInput } from "./input.ts";

export const MOST_TEMPLATES = 100;

export type KeepResult = { result: "kept"; id: string } | { result: "limit"; limit: number };

/** Keeps an event under a name; one of the same name is replaced. */
export async function keepTemplate(
  workspaceId: string,
  { templateName: name, type: eventType, payload }: z.infer<typeof templateInput>,
  userId: string | null,
  author: Author,
): Promise<KeepResult> {
  return db().transaction(async (tx) => {
    const ofWorkspace = eq(template.workspaceId, workspaceId);
    const [same] = await tx
      .select({ id: template.id })
      .from(template)
      .where(and(ofWorkspace, eq(template.name, name)))
      .for("update");
    if (same) await tx.update(template).set({ eventType, payload }).where(eq(template.id, same.id));
    const id = same?.id ?? newId();
    if (!same) {
      const [had] = await tx.select({ count: count() }).from(template).where(ofWorkspace);
      if ((had?.count ?? 0) >= MOST_TEMPLATES) return { result: "limit", limit: MOST_TEMPLATES };
      await tx.insert(template).values({ id, workspaceId, name, eventType, payload, createdBy: userId });
    }
    const action = same ? "template.changed" : "template.created";
    await recordAudit(tx, workspaceId, author, { action, target: formatId("tpl", id), targetName: name });
    return { result: "kept", id };
  });
}

/** Whether there was one to delete. */
export async function deleteTemplate(workspaceId: string, id: string, author: Author): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [gone] = await tx
      .delete(template)
      .where(and(eq(template.workspaceId, workspaceId), eq(template.id, id)))
      .returning({ name: template.name });
    if (!gone) return false;
    const target = { target: formatId("tpl", id), targetName: gone.name };
    await recordAudit(tx, workspaceId, author, { action: "template.deleted", ...target });
    return true;
  });
}

/** All templates of the workspace by name, without their payloads. */
export function listTemplates(workspaceId: string) {
  return db()
    .select({ id: template.id, name: template.name, eventType: template.eventType })
    .from(template)
    .where(eq(template.workspaceId, workspaceId))
    .orderBy(asc(template.name));
}
export type TemplateRow = Awaited<ReturnType<typeof listTemplates>>[number];

export async function findTemplate(workspaceId: string, id: string) {
  const [row] = await db()
    .select({ id: template.id, name: template.name, eventType: template.eventType, payload: template.payload })
    .from(template)
    .where(and(eq(template.workspaceId, workspaceId), eq(template.id, id)));
  return row ?? null;
}
