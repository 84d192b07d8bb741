import { auditEntry } from "../../drizzle/schema/people.ts";
import type { Database, Transaction } from "../db.ts";
import { newId } from "../ids.ts";

/** Who makes a change: a person (`usr_…`), an app through its key (`key_…`) or the product itself (`system`). */
export type Author = { id: string; name: string; address?: string | null };

export const SYSTEM: Author = { id: "system", name: "Posthorn" };

export type AuditAction = {
  /** A noun and a verb, such as `endpoint.paused`. */
  action: string;
  /** The outside id of what was changed, or its name. */
  target: string;
  targetName: string;
  /** What is worth knowing later. Never a secret. */
  detail?: Record<string, unknown>;
};

/** Writes an audit entry in the transaction of the change itself. */
export async function recordAudit(
  tx: Transaction | Database,
  workspaceId: string,
  author: Author,
  entry: AuditAction,
): Promise<void> {
  await tx.insert(auditEntry).values({
    id: newId(),
    workspaceId,
    actor: author.id,
    actorName: author.name,
    address: author.address ?? null,
    ...entry,
  });
}
