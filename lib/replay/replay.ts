import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { hotSql, type SqlTransaction } from "../db.ts";
import { ENDPOINT_PAUSED } from "../endpoints/states.ts";
import { wants } from "../endpoints/subscription-tree.ts";
import { storedFilter } from "../filters/filter.ts";
import { judgeOf } from "../filters/judge-event.ts";
import { formatId, newId } from "../ids.ts";
import { enqueueDeliveries } from "../queue/enqueue.ts";
import { announceParked } from "../queue/gate-channel.ts";

export type ReplayResult =
  | { result: "replayed"; deliveryIds: string[] }
  | { result: "not_found" }
  | { result: "no_endpoint" };

/** What routing and writing deliveries need to know of an event. */
export type StoredEvent = {
  id: string;
  type: string;
  customer: string | null;
  orderingKey: string | null;
  test: boolean;
};
export type Target = { id: string; paused: boolean; strict: boolean };
type Candidate = Target & { subscriptions: string[]; filter: string | null };

/** New deliveries of a stored event: to one endpoint, or to all that would get such an event today. */
export async function replayEvent(
  workspaceId: string,
  eventId: string,
  author: Author,
  endpointId?: string,
): Promise<ReplayResult> {
  return hotSql().begin(async (tx): Promise<ReplayResult> => {
    const [event] = await tx<StoredEvent[]>`
      select id, type, customer, ordering_key as "orderingKey", test from event where workspace_id = ${workspaceId} and id = ${eventId}`;
    if (!event) return { result: "not_found" };
    const targets = await listTargets(tx, workspaceId, event, endpointId);
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

/** The endpoints that would get such an event today; or the one that is asked for, whatever it subscribes to. */
export async function listTargets(
  tx: SqlTransaction,
  workspaceId: string,
  event: StoredEvent,
  only?: string,
): Promise<Target[]> {
  const targets = await tx<Candidate[]>`
    select id, status = 'paused' as paused, ordering = 'strict' as strict, subscriptions, filter from endpoint
    where workspace_id = ${workspaceId} and deleted_at is null and status <> 'disabled'
      and (customer is null or customer = ${event.customer}) ${only ? tx`and id = ${only}` : tx``}
    order by id`;
  if (only) return targets;
  const subscribed = targets.filter(({ subscriptions }) => wants(subscriptions, event.type));
  return subscribed.some(({ filter }) => filter) ? withoutFilteredOut(tx, event, subscribed) : subscribed;
}

async function withoutFilteredOut(tx: SqlTransaction, event: StoredEvent, candidates: Candidate[]): Promise<Target[]> {
  const [stored] = await tx<{ data: Buffer; contentType: string }[]>`
    select payload as data, content_type as "contentType" from event where id = ${event.id}`;
  if (!stored) return [];
  const judge = judgeOf(stored);
  return candidates.filter(({ filter }) => filter === null || judge(storedFilter(filter)).wanted);
}

/** The latest delivery of the event to each endpoint. */
async function listPrevious(tx: SqlTransaction, event: StoredEvent): Promise<Map<string, string>> {
  const rows = await tx<{ id: string; endpointId: string }[]>`
    select distinct on (endpoint_id) id, endpoint_id as "endpointId" from delivery
    where event_id = ${event.id} order by endpoint_id, id desc`;
  return new Map(rows.map(({ id, endpointId }) => [endpointId, id]));
}

/** Writes a delivery of the event for each of them, and queues or parks it. */
export async function deliverAgain(
  tx: SqlTransaction,
  workspaceId: string,
  event: StoredEvent,
  targets: Target[],
  author: Author,
): Promise<string[]> {
  const previous = await listPrevious(tx, event);
  const rows = targets.map((target) => ({
    id: newId(),
    workspace_id: workspaceId,
    event_id: event.id,
    endpoint_id: target.id,
    customer: event.customer,
    event_type: event.type,
    status: target.paused ? "held" : "queued",
    trouble: target.paused,
    // In a strict order it takes its turn behind those that wait already.
    parked: target.paused || target.strict,
    lane: target.strict ? event.orderingKey : null,
    next_trigger: target.strict ? "manual" : null,
    next_actor: target.strict ? author.id : null,
    reason: target.paused ? ENDPOINT_PAUSED : null,
    replay_of: previous.get(target.id) ?? null,
    test: event.test,
  }));
  await tx`insert into delivery ${tx(rows)}`;
  const runnable = rows.filter((row) => !row.parked);
  await enqueueDeliveries(
    tx,
    runnable.map((row) => ({ job: { d: row.id, e: event.id, p: row.endpoint_id, t: "manual", a: author.id } })),
  );
  const inLine = targets.filter(({ strict }) => strict).map(({ id }) => id);
  if (inLine.length > 0) await announceParked(tx, inLine);
  return rows.map(({ id }) => id);
}
