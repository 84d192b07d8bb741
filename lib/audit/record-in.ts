import type { SqlTransaction } from "../db.ts";
import { newId } from "../ids.ts";
import type { AuditAction, Author } from "./record.ts";

/** `recordAudit` for commands that queue deliveries, whose transactions are postgres.js' own. */
export async function recordAuditIn(
  tx: SqlTransaction,
  workspaceId: string,
  author: Author,
  { action, target, targetName, detail }: AuditAction,
): Promise<void> {
  await tx`
    insert into audit_entry (id, workspace_id, actor, actor_name, address, action, target, target_name, detail)
    values (${newId()}, ${workspaceId}, ${author.id}, ${author.name}, ${author.address ?? null}, ${action}, ${target},
      ${targetName}, ${detail ? JSON.stringify(detail) : null}::text::json)`;
}
