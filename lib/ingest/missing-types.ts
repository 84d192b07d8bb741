import { SYSTEM } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { ingestSql } from "../db.ts";

/** Types that come from outside stop here: beyond it, something puts ids into names. */
export const MAX_TYPES_ON_THE_FLY = 1_000;

/**
 * Makes the types that a workspace lets its events make, in a transaction of its own before the events are stored.
 * @returns false when the workspace has too many of them already
 */
export async function makeMissingTypes(workspaceId: string, names: string[]): Promise<boolean> {
  return ingestSql().begin(async (tx) => {
    // The lock puts makers in a row, so that the count holds.
    await tx`select from workspace where id = ${workspaceId} for no key update`;
    const [known] = await tx`select count(*)::int as count from event_type where workspace_id = ${workspaceId}`;
    if (Number(known?.count) + names.length > MAX_TYPES_ON_THE_FLY) return false;
    const made = await tx<{ name: string }[]>`
      insert into event_type (workspace_id, name)
      select ${workspaceId}, name from unnest(${[...names].sort()}::text[]) as name
      on conflict do nothing returning name`;
    if (made.length === 0) return true;
    await tx`update workspace set routing_version = routing_version + 1 where id = ${workspaceId}`;
    for (const { name } of made) {
      const entry = { action: "event_type.created", target: name, targetName: name, detail: { by: "an event" } };
      await recordAuditIn(tx, workspaceId, SYSTEM, entry);
    }
    return true;
  });
}
