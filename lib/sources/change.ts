import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { source } from "../../drizzle/schema/inbound.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId } from "../ids.ts";

export type StoredSource = typeof source.$inferSelect;

/** The sources of a workspace that are still there. */
export function aliveSource(workspaceId: string): SQL | undefined {
  return and(eq(source.workspaceId, workspaceId), isNull(source.deletedAt));
}

/**
 * What every change of a source has in common: its version goes up in the change's own transaction, so that a call which
 * was judged by what it was before is judged again. `null` when there is no such source.
 */
export async function changeSource<Result>(
  workspaceId: string,
  id: string,
  change: (tx: Transaction, before: StoredSource) => Promise<Result>,
): Promise<Result | null> {
  return db().transaction(async (tx) => {
    const [before] = await tx
      .update(source)
      .set({ version: sql`${source.version} + 1` })
      .where(and(aliveSource(workspaceId), eq(source.id, id)))
      .returning();
    return before ? change(tx, before) : null;
  });
}

export function auditSource(
  tx: Transaction,
  workspaceId: string,
  author: Author,
  action: string,
  { id, name }: Pick<StoredSource, "id" | "name">,
  detail?: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, workspaceId, author, {
    action: `source.${action}`,
    target: formatId("src", id),
    targetName: name,
    detail,
  });
}
