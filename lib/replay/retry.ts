import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { hotSql, type SqlTransaction } from "../db.ts";
import type { Ordering } from "../endpoints/states.ts";
import { formatId } from "../ids.ts";
import { enqueueDeliveries } from "../queue/enqueue.ts";
import { announceParked } from "../queue/gate-channel.ts";
import { DELIVER_QUEUE, type DeliveryJob } from "../queue/jobs.ts";
import { deleteWaitingJob, hastenJob } from "../queue/live.ts";

/** `out_of_turn`: its endpoint keeps an order, and others are before it. */
export type RetryResult = "queued" | "not_found" | "not_retryable" | "out_of_turn";

type Row = {
  id: string;
  eventId: string;
  endpointId: string;
  eventType: string;
  status: string;
  parked: boolean;
  released: boolean;
  waits: boolean;
  lane: string | null;
  ordering: Ordering;
  active: boolean;
};

/**
 * A further attempt now: of a delivery that failed or was discarded, that waits for its next planned attempt or for its
 * time, or that stands in line or is held. It overtakes others of its endpoint unless that keeps an order; a circuit
 * does not stop it, a pause does.
 */
export async function retryDelivery(workspaceId: string, deliveryId: string, author: Author): Promise<RetryResult> {
  return hotSql().begin(async (tx) => {
    const row = await lock(tx, workspaceId, deliveryId);
    if (!row) return "not_found";
    const result = row.active ? await retryLocked(tx, row, author) : "not_retryable";
    if (result !== "queued") return result;
    await recordAuditIn(tx, workspaceId, author, {
      action: "delivery.retried",
      target: formatId("dlv", row.id),
      targetName: row.eventType,
    });
    return result;
  });
}

/** The second of a double click waits here, and finds nothing left to do. */
async function lock(tx: SqlTransaction, workspaceId: string, deliveryId: string): Promise<Row | undefined> {
  const [row] = await tx<Row[]>`
    select d.id, d.event_id as "eventId", d.endpoint_id as "endpointId", d.event_type as "eventType", d.status, d.parked, d.released,
      d.next_attempt_at > now() as waits, d.lane, coalesce(p.ordering, 'best_effort') as ordering,
      coalesce(p.deleted_at is null and p.status = 'active', false) as active
    from delivery d left join endpoint p on p.id = d.endpoint_id
    where d.workspace_id = ${workspaceId} and d.id = ${deliveryId} for update of d`;
  return row;
}

async function retryLocked(tx: SqlTransaction, row: Row, author: Author): Promise<RetryResult> {
  const { status, parked, ordering } = row;
  if (status === "failed" || status === "discarded") {
    // Its last call may still be on its way when somebody gave it up.
    if (await hasLiveJob(tx, row.id)) return "not_retryable";
    return ordering === "strict" ? standInLine(tx, row, author) : sendNow(tx, row, author);
  }
  if (parked) {
    if (ordering === "strict" && !(await isItsTurn(tx, row))) return "out_of_turn";
    return sendNow(tx, row, author);
  }
  if (status !== "retrying" && !(status === "queued" && row.waits)) return "not_retryable";
  if (ordering === "best_effort" || row.released) return hasten(tx, row, author);
  return (await deleteWaitingJob(tx, row.id)) ? standInLine(tx, row, author) : "not_retryable";
}

/** Let out beyond its endpoint's limits: one more, because somebody asks for it. */
async function sendNow(tx: SqlTransaction, row: Row, author: Author): Promise<RetryResult> {
  await tx`
    update delivery set status = 'queued', parked = false, released = true, next_trigger = null, next_actor = null,
      next_attempt_at = null, reason = null, finished_at = null
    where id = ${row.id}`;
  await enqueueDeliveries(tx, [{ job: manualJob(row, author) }]);
  return "queued";
}

/** Its lane takes it up when it is the oldest there; those behind it wait for it. */
async function standInLine(tx: SqlTransaction, row: Row, author: Author): Promise<RetryResult> {
  await tx`
    update delivery set status = 'queued', parked = true, released = false, next_trigger = 'manual',
      next_actor = ${author.id}, next_attempt_at = null, reason = null, finished_at = null
    where id = ${row.id}`;
  await announceParked(tx);
  return "queued";
}

/** Moves the pending job to now. While the attempt is already on its way there is no such job. */
async function hasten(tx: SqlTransaction, row: Row, author: Author): Promise<RetryResult> {
  if (!(await hastenJob(tx, manualJob(row, author)))) return "not_retryable";
  await tx`update delivery set status = 'queued', released = true, next_attempt_at = null where id = ${row.id}`;
  return "queued";
}

/** Whether nothing of its lane is out or stands before it. The releaser leaves a row alone that is locked here. */
async function isItsTurn(tx: SqlTransaction, { id, endpointId, lane }: Row): Promise<boolean> {
  const [before] = await tx`
    select 1 from delivery
    where endpoint_id = ${endpointId} and coalesce(lane, '') = ${lane ?? ""} and id <> ${id}
      and ((parked and id < ${id}) or (released and status in ('queued', 'retrying')))
    limit 1`;
  return !before;
}

async function hasLiveJob(tx: SqlTransaction, deliveryId: string): Promise<boolean> {
  const rows = await tx`
    select 1 from pgboss.job where name = ${DELIVER_QUEUE} and data ->> 'd' = ${deliveryId} and state <= 'active'`;
  return rows.length > 0;
}

function manualJob(row: Row, author: Author): DeliveryJob {
  return { d: row.id, e: row.eventId, p: row.endpointId, t: "manual", a: author.id };
}
