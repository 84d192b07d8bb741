import { SYSTEM } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import type { Sql, SqlTransaction } from "../db.ts";
import { shownUrl } from "../endpoints/shown-url.ts";
import type { Format } from "../formats/names.ts";
import { formatId } from "../ids.ts";
import type { Settlement } from "./settlement.ts";

/** DESIGN.md §6: failures over this long without one success disable an endpoint. */
export const DAYS_WITHOUT_SUCCESS = 5;

type Disabled = { id: string; workspaceId: string; url: string; format: Format; reason: string };

/**
 * A receiver that asks for no more events disables its endpoint. What waits for it is held, not lost: enabling it again
 * sends it on. One that was changed since the call began (another URL, or enabled once more) is left alone: the answer
 * was not about that.
 */
export async function disableUnwanted(tx: SqlTransaction, settlements: Settlement[]): Promise<void> {
  const asked = settlements.flatMap(({ job, disable: reason, version }) =>
    reason !== null && version !== null ? [{ id: job.data.p, reason, version }] : [],
  );
  if (asked.length === 0) return;
  const rows = await tx<Disabled[]>`
    update endpoint p set ${disabledNow(tx)}, status_reason = g.reason
    from (select distinct on (id, version) * from json_to_recordset(${JSON.stringify(asked)}::text::json)
      as x (id uuid, reason text, version int) order by id, version, reason) as g
    where p.id = g.id and p.version = g.version and p.status <> 'disabled' and p.deleted_at is null
    returning p.id, p.workspace_id as "workspaceId", p.url, p.format, p.status_reason as reason`;
  await announce(tx, rows);
}

/** Counts from the later of the first failure and the last time somebody turned the endpoint on. */
export async function disableHopeless(sql: Sql): Promise<number> {
  const reason = `nothing could be delivered for ${DAYS_WITHOUT_SUCCESS} days`;
  return sql.begin(async (tx) => {
    const rows = await tx<Disabled[]>`
      update endpoint p set ${disabledNow(tx)}, status_reason = ${reason}
      from endpoint_state s
      where s.endpoint_id = p.id and p.status = 'active' and p.deleted_at is null
        and s.last_failure_at - greatest(s.failing_since, p.status_since) >= ${`${DAYS_WITHOUT_SUCCESS} days`}::interval
      returning p.id, p.workspace_id as "workspaceId", p.url, p.format, p.status_reason as reason`;
    await announce(tx, rows);
    return rows.length;
  }) as Promise<number>;
}

function disabledNow(tx: SqlTransaction) {
  return tx`status = 'disabled', status_actor = 'system', status_since = now(), version = p.version + 1`;
}

async function announce(tx: SqlTransaction, rows: Disabled[]): Promise<void> {
  for (const { id, workspaceId, reason, ...address } of rows.toSorted((a, b) =>
    a.workspaceId < b.workspaceId ? -1 : 1,
  )) {
    await tx`update workspace set routing_version = routing_version + 1 where id = ${workspaceId}`;
    await recordAuditIn(tx, workspaceId, SYSTEM, {
      action: "endpoint.disabled",
      target: formatId("ep", id),
      targetName: shownUrl(address),
      detail: { reason },
    });
  }
}
