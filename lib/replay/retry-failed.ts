import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { hotSql, type SqlTransaction } from "../db.ts";
import { firstIdAt, formatId } from "../ids.ts";
import { enqueueDeliveries } from "../queue/enqueue.ts";

/** One transaction each, so that no row is locked for long. */
const WINDOW = 500;

/**
 * Queues every delivery of an endpoint that failed and was made since then, oldest first. Repeated, it takes up only
 * those that have failed again. An endpoint that is paused or disabled gets none.
 * @returns how many were queued
 */
export async function retryFailedSince(
  workspaceId: string,
  endpointId: string,
  since: Date,
  author: Author,
): Promise<number> {
  let count = 0;
  let after = firstIdAt(since);
  for (;;) {
    const ids = await hotSql().begin((tx) => requeueWindow(tx, workspaceId, endpointId, after, author));
    count += ids.length;
    const last = ids.at(-1);
    if (!last || ids.length < WINDOW) break;
    after = last;
  }
  if (count > 0) await audit(workspaceId, endpointId, author, since, count);
  return count;
}

async function requeueWindow(
  tx: SqlTransaction,
  workspaceId: string,
  endpointId: string,
  after: string,
  author: Author,
): Promise<string[]> {
  const rows = await tx<{ id: string; eventId: string }[]>`
    with window_ as materialized (
      select d.id from delivery d join endpoint p on p.id = d.endpoint_id
      where d.workspace_id = ${workspaceId} and d.endpoint_id = ${endpointId} and d.id > ${after}
        and d.status = 'failed' and d.trouble and p.deleted_at is null and p.status = 'active'
      order by d.id limit ${WINDOW} for update of d
    )
    update delivery d set status = 'queued', reason = null, finished_at = null
    from window_ where d.id = window_.id and d.id > ${after}
    returning d.id, d.event_id as "eventId"`;
  const inOrder = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await enqueueDeliveries(
    tx,
    inOrder.map(({ id, eventId }) => ({ job: { d: id, e: eventId, p: endpointId, t: "bulk", a: author.id } })),
  );
  return inOrder.map(({ id }) => id);
}

async function audit(workspaceId: string, endpointId: string, author: Author, since: Date, count: number) {
  await hotSql().begin(async (tx) => {
    const [row] = await tx`select url from endpoint where id = ${endpointId}`;
    await recordAuditIn(tx, workspaceId, author, {
      action: "endpoint.failed_retried",
      target: formatId("ep", endpointId),
      targetName: row?.url ?? "",
      detail: { since: since.toISOString(), deliveries: count },
    });
  });
}
