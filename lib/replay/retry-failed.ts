import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { hotSql, type SqlTransaction } from "../db.ts";
import { shownUrl } from "../endpoints/shown-url.ts";
import type { Format } from "../formats/names.ts";
import { firstIdAt, formatId } from "../ids.ts";
import { announceParked } from "../queue/gate-channel.ts";

/** One transaction each, so that no row is locked for long. */
const WINDOW = 500;

/**
 * Puts every delivery of an endpoint that failed and was made since then in line, from which they are let out oldest
 * first and little by little: a receiver that is just back is not run over, and others do not queue behind them.
 * Repeated, it takes up only those that have failed again. An endpoint that is paused or disabled gets none.
 * @returns how many were put in line
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
  const rows = await tx<{ id: string }[]>`
    with window_ as materialized (
      select d.id from delivery d join endpoint p on p.id = d.endpoint_id
      where d.workspace_id = ${workspaceId} and d.endpoint_id = ${endpointId} and d.id > ${after}
        and d.status = 'failed' and d.trouble and p.deleted_at is null and p.status = 'active'
      order by d.id limit ${WINDOW} for update of d
    )
    update delivery d set status = 'queued', parked = true, reason = null, finished_at = null, next_attempt_at = null,
      next_trigger = 'bulk', next_actor = ${author.id}
    from window_ where d.id = window_.id and d.id > ${after}
    returning d.id`;
  if (rows.length > 0) await announceParked(tx, [endpointId]);
  return rows.map(({ id }) => id).sort();
}

async function audit(workspaceId: string, endpointId: string, author: Author, since: Date, count: number) {
  await hotSql().begin(async (tx) => {
    const [row] = await tx<
      { url: string; format: Format }[]
    >`select url, format from endpoint where id = ${endpointId}`;
    await recordAuditIn(tx, workspaceId, author, {
      action: "endpoint.failed_retried",
      target: formatId("ep", endpointId),
      targetName: row ? shownUrl(row) : "",
      detail: { since: since.toISOString(), deliveries: count },
    });
  });
}
