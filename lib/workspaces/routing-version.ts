import { eq, sql } from "drizzle-orm";
import { workspace } from "../../drizzle/schema/people.ts";
import type { Transaction } from "../db.ts";

/** Tells every process that what routing depends on (endpoints, event types) has changed. Part of the change's own transaction. */
export async function raiseRoutingVersion(tx: Transaction, workspaceId: string): Promise<void> {
  await tx
    .update(workspace)
    .set({ routingVersion: sql`${workspace.routingVersion} + 1` })
    .where(eq(workspace.id, workspaceId));
}
