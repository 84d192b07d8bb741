import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { hotSql } from "../db.ts";
import { formatId } from "../ids.ts";
import { announceParked } from "../queue/gate-channel.ts";
import { deleteWaitingJob } from "../queue/live.ts";

export type CancelResult = "cancelled" | "not_found" | "not_cancellable";

/**
 * Gives a delivery up that is not over yet, wherever it waits; with strict ordering this skips it, and those behind it
 * go on. A call that is on its way is not cut off: it is recorded when it ends, and a success still counts.
 */
export async function cancelDelivery(workspaceId: string, deliveryId: string, author: Author): Promise<CancelResult> {
  return hotSql().begin(async (tx): Promise<CancelResult> => {
    const [found] = await tx<{ eventType: string; over: boolean }[]>`
      select event_type as "eventType", status not in ('queued', 'retrying', 'held') as over from delivery
      where workspace_id = ${workspaceId} and id = ${deliveryId} for update`;
    if (!found) return "not_found";
    if (found.over) return "not_cancellable";
    await tx`
      update delivery set status = 'discarded', trouble = true, parked = false, released = false,
        next_trigger = null, next_actor = null, next_attempt_at = null, reason = ${`Given up by ${author.name}`},
        finished_at = now()
      where id = ${deliveryId}`;
    await recordAuditIn(tx, workspaceId, author, {
      action: "delivery.cancelled",
      target: formatId("dlv", deliveryId),
      targetName: found.eventType,
    });
    await deleteWaitingJob(tx, deliveryId);
    // Its place is free for those that wait behind it.
    await announceParked(tx);
    return "cancelled";
  });
}
