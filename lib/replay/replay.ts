import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { hotSql, type SqlTransaction } from "../db.ts";
import { formatId, newId } from "../ids.ts";
import { enqueueDeliveries } from "../queue/enqueue.ts";

export type ReplayResult =
  | { result: "replayed"; deliveryIds: string[] }
  | { result: "not_found" }
  | { result: "no_endpoint" };

type StoredEvent = { id: string; type: string; customer: string | null; test: boolean };
type Target = { id: string; paused: boolean; previous: string | null };

/** New deliveries of a stored event: to one endpoint, or to all that would get such an event today. */
export async function replayEvent(
  workspaceId: string,
  eventId: string,
  author: Author,
  endpointId?: string,
): Promise<ReplayResult> {
  return hotSql().begin(async (tx): Promise<ReplayResult> => {
    const [event] = await tx<StoredEvent[]>`
      select id, type, customer, test from event where workspace_id = ${workspaceId} and id = ${eventId}`;
    if (!event) return { result: "not_found" };
    const targets = endpointId
      ? await findTarget(tx, workspaceId, event, endpointId)
      : await listSubscribed(tx, workspaceId, event);
    if (targets.length === 0) return { result: "no_endpoint" };
    const deliveryIds = await deliverAgain(tx, workspaceId, event, targets, author);
    await recordAuditIn(tx, workspaceId, author, {
      action: "event.replayed",
      target: formatId("evt", eventId),
      targetName: event.type,
      detail: { endpoints: targets.map(({ id }) => formatId("ep", id)) },
    });
    return { result: "replayed", deliveryIds };
  });
}

function findTarget(tx: SqlTransaction, workspaceId: string, event: StoredEvent, endpointId: string) {
  return tx<Target[]>`
    select p.id, p.status = 'paused' as paused, ${previousDelivery(tx, event)} as previous from endpoint p
    where p.workspace_id = ${workspaceId} and p.id = ${endpointId} and p.deleted_at is null and p.status <> 'disabled'
      and (p.customer is null or p.customer = ${event.customer})`;
}

function listSubscribed(tx: SqlTransaction, workspaceId: string, event: StoredEvent) {
  return tx<Target[]>`
    select p.id, p.status = 'paused' as paused, ${previousDelivery(tx, event)} as previous from endpoint p
    where p.workspace_id = ${workspaceId} and p.deleted_at is null and p.status <> 'disabled'
      and (p.customer is null or p.customer = ${event.customer})
      and (p.subscriptions = '{}' or ${event.type} = any(p.subscriptions) or exists (
        select from unnest(p.subscriptions) as s(pattern)
        where pattern like '%.*' and starts_with(${event.type}, left(pattern, -1))))
    order by p.id`;
}

function previousDelivery(tx: SqlTransaction, event: StoredEvent) {
  return tx`(select d.id from delivery d where d.event_id = ${event.id} and d.endpoint_id = p.id order by d.id desc limit 1)`;
}

async function deliverAgain(
  tx: SqlTransaction,
  workspaceId: string,
  event: StoredEvent,
  targets: Target[],
  author: Author,
): Promise<string[]> {
  const rows = targets.map((target) => ({
    id: newId(),
    workspace_id: workspaceId,
    event_id: event.id,
    endpoint_id: target.id,
    customer: event.customer,
    event_type: event.type,
    status: target.paused ? "held" : "queued",
    trouble: target.paused,
    parked: target.paused,
    reason: target.paused ? "The endpoint is paused" : null,
    replay_of: target.previous,
    test: event.test,
  }));
  await tx`insert into delivery ${tx(rows)}`;
  const runnable = rows.filter((row) => !row.parked);
  await enqueueDeliveries(
    tx,
    runnable.map((row) => ({ job: { d: row.id, e: event.id, p: row.endpoint_id, t: "manual", a: author.id } })),
  );
  return rows.map(({ id }) => id);
}
