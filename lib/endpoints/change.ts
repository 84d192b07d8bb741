import { and, eq, sql } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId } from "../ids.ts";
import { raiseRoutingVersion } from "../workspaces/routing-version.ts";
import { alive } from "./queries.ts";

export type StoredEndpoint = typeof endpoint.$inferSelect;

/**
 * What every change of an endpoint has in common: its own version and the workspace's routing version go up in the
 * change's transaction. The endpoint's row is locked first, then the workspace's, as everywhere. `null` when there is
 * no such endpoint.
 */
export async function changeEndpoint<Result>(
  workspaceId: string,
  id: string,
  change: (tx: Transaction, before: StoredEndpoint) => Promise<Result>,
): Promise<Result | null> {
  return db().transaction(async (tx) => {
    const [before] = await tx
      .update(endpoint)
      .set({ version: sql`${endpoint.version} + 1` })
      .where(and(alive(workspaceId), eq(endpoint.id, id)))
      .returning();
    if (!before) return null;
    await raiseRoutingVersion(tx, workspaceId);
    return change(tx, before);
  });
}

export function auditEndpoint(
  tx: Transaction,
  workspaceId: string,
  author: Author,
  action: string,
  { id, url }: { id: string; url: string },
  detail?: Record<string, unknown>,
): Promise<void> {
  const entry = { action: `endpoint.${action}`, target: formatId("ep", id), targetName: url, detail };
  return recordAudit(tx, workspaceId, author, entry);
}
