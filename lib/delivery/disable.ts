import { SYSTEM } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import type { Sql, SqlTransaction } from "../db.ts";
import { formatId } from "../ids.ts";
import type { Settlement } from "./settlement.ts";

/** DESIGN.md §6: failures over this long without one success disable an endpoint. */
export const DAYS_WITHOUT_SUCCESS = 5;

type Disabled = { id: string; workspaceId: string; url: string };

/**
 * 410 Gone disables an endpoint. What waits for it is held, not lost: enabling it again sends it on. One that was
 * changed since the call began (another URL, or enabled once more) is left alone: the answer was not about that.
 */
export async function disableGone(tx: SqlTransaction, settlements: Settlement[]): Promise<void> {
  const gone = settlements.filter(({ goneVersion }) => goneVersion !== null);
  if (gone.length === 0) return;
  const reason = "it answered 410 Gone, which asks for no more events";
  const rows = await tx<Disabled[]>`
    update endpoint p set ${disabledNow(tx, reason)}
    from unnest(${gone.map(({ job }) => job.data.p)}::uuid[], ${gone.map(({ goneVersion }) => goneVersion)}::int[]) as g (id, version)
    where p.id = g.id and p.version = g.version and p.status <> 'disabled' and p.deleted_at is null
    returning p.id, p.workspace_id as "workspaceId", p.url`;
  await announce(tx, rows, reason);
}

/** Counts from the later of the first failure and the last time somebody turned the endpoint on. */
export async function disableHopeless(sql: Sql): Promise<number> {
  const reason = `nothing could be delivered for ${DAYS_WITHOUT_SUCCESS} days`;
  return sql.begin(async (tx) => {
    const rows = await tx<Disabled[]>`
      update endpoint p set ${disabledNow(tx, reason)}
      from endpoint_state s
      where s.endpoint_id = p.id and p.status = 'active' and p.deleted_at is null
        and s.last_failure_at - greatest(s.failing_since, p.status_since) >= ${`${DAYS_WITHOUT_SUCCESS} days`}::interval
      returning p.id, p.workspace_id as "workspaceId", p.url`;
    await announce(tx, rows, reason);
    return rows.length;
  }) as Promise<number>;
}

function disabledNow(tx: SqlTransaction, reason: string) {
  return tx`status = 'disabled', status_reason = ${reason}, status_actor = 'system', status_since = now(),
    version = p.version + 1`;
}

async function announce(tx: SqlTransaction, rows: Disabled[], reason: string): Promise<void> {
  for (const { id, workspaceId, url } of rows.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1))) {
    await tx`update workspace set routing_version = routing_version + 1 where id = ${workspaceId}`;
    await recordAuditIn(tx, workspaceId, SYSTEM, {
      action: "endpoint.disabled",
      target: formatId("ep", id),
      targetName: url,
      detail: { reason },
    });
  }
}
