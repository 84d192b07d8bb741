import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { hotSql, type SqlTransaction } from "../db.ts";
import { formatId } from "../ids.ts";
import { enqueueDeliveries } from "../queue/enqueue.ts";
import type { DeliveryJob } from "../queue/jobs.ts";
import { hastenJob } from "../queue/live.ts";

export type RetryResult = "queued" | "not_found" | "not_retryable";

type Row = { id: string; eventId: string; endpointId: string; eventType: string };

/** A further attempt now: of a failed or discarded delivery, or of one that waits for its next planned attempt. */
export async function retryDelivery(workspaceId: string, deliveryId: string, author: Author): Promise<RetryResult> {
  return hotSql().begin(async (tx) => {
    const row =
      (await requeueEnded(tx, workspaceId, deliveryId, author)) ?? (await hasten(tx, workspaceId, deliveryId, author));
    if (!row) return (await exists(tx, workspaceId, deliveryId)) ? "not_retryable" : "not_found";
    await recordAuditIn(tx, workspaceId, author, {
      action: "delivery.retried",
      target: formatId("dlv", row.id),
      targetName: row.eventType,
    });
    return "queued";
  });
}

/** A double click, a stranger or a disabled endpoint changes no row. */
async function requeueEnded(tx: SqlTransaction, workspaceId: string, deliveryId: string, author: Author) {
  const [row] = await tx<Row[]>`
    update delivery d
    set status = 'queued', next_attempt_at = null, reason = null, finished_at = null
    from endpoint p
    where d.workspace_id = ${workspaceId} and d.id = ${deliveryId} and d.status in ('failed', 'discarded')
      and p.id = d.endpoint_id and p.deleted_at is null and p.status = 'active'
    returning d.id, d.event_id as "eventId", d.endpoint_id as "endpointId", d.event_type as "eventType"`;
  if (row) await enqueueDeliveries(tx, [{ job: manualJob(row, author) }]);
  return row;
}

/** Moves the pending job to now. While the attempt is already on its way there is no such job. */
async function hasten(tx: SqlTransaction, workspaceId: string, deliveryId: string, author: Author) {
  const [row] = await tx<Row[]>`
    select id, event_id as "eventId", endpoint_id as "endpointId", event_type as "eventType" from delivery
    where workspace_id = ${workspaceId} and id = ${deliveryId} and status = 'retrying' for update`;
  if (!row || !(await hastenJob(tx, manualJob(row, author)))) return undefined;
  await tx`update delivery set status = 'queued', next_attempt_at = null where id = ${deliveryId}`;
  return row;
}

function manualJob(row: Row, author: Author): DeliveryJob {
  return { d: row.id, e: row.eventId, p: row.endpointId, t: "manual", a: author.id };
}

async function exists(tx: SqlTransaction, workspaceId: string, deliveryId: string): Promise<boolean> {
  const rows = await tx`select 1 from delivery where workspace_id = ${workspaceId} and id = ${deliveryId}`;
  return rows.length > 0;
}
