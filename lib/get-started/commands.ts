import { and, eq, isNull } from "drizzle-orm";
import { workspace } from "../../drizzle/schema/people.ts";
import { createApiKey } from "../api-keys/commands.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { createEventType } from "../event-types/commands.ts";
import { formatId } from "../ids.ts";
import { findOwnEventType } from "./progress.ts";
import { FIRST_EVENT } from "./snippets.ts";

/** A key that may post events, and an event type to post when the workspace has none of its own. */
export async function makeFirstKey(workspaceId: string, author: Author): Promise<{ id: string; secret: string }> {
  if (!(await findOwnEventType(workspaceId))) {
    const input = { name: FIRST_EVENT.type, description: "", schema: null, example: FIRST_EVENT.data };
    await createEventType(workspaceId, { ...input, enforcement: "off", retrySchedule: null }, author);
  }
  return createApiKey(workspaceId, { name: "Get started", scopes: ["ingest"] }, author);
}

/** Get started goes from the sidebar, and the workspace opens on its overview. */
export async function dismissGetStarted(workspaceId: string, author: Author): Promise<void> {
  await db().transaction(async (tx) => {
    const [changed] = await tx
      .update(workspace)
      .set({ getStartedDismissedAt: new Date() })
      .where(and(eq(workspace.id, workspaceId), isNull(workspace.getStartedDismissedAt)))
      .returning({ name: workspace.name });
    if (!changed) return;
    const target = { target: formatId("ws", workspaceId), targetName: changed.name };
    await recordAudit(tx, workspaceId, author, { action: "workspace.get_started_dismissed", ...target });
  });
}
