import { fieldsText } from "../bodies/readable.ts";
import type { SqlTransaction } from "../db.ts";
import { enqueueDeliveries } from "../queue/enqueue.ts";
import { announceParked } from "../queue/gate-channel.ts";
import type { NewEvent } from "./new-event.ts";
import type { PlannedEvent } from "./plan.ts";

// Booleans, JSON and times travel as text: postgres.js would serialise the elements of such arrays once more.

/** Writes events, deliveries and jobs, in this order, in one go: the statements travel together. */
export async function writeRows(tx: SqlTransaction, planned: PlannedEvent[]): Promise<void> {
  if (planned.length === 0) return;
  await Promise.all([
    insertEvents(tx, planned),
    insertDeliveries(tx, planned),
    insertFilteredOut(tx, planned),
    queueDeliveries(tx, planned),
    announceLine(tx, planned),
  ]);
}

/** Payloads travel as one run of bytes that the statement cuts up: an array of them would be escaped twice. */
function insertEvents(tx: SqlTransaction, planned: PlannedEvent[]) {
  const payloads = Buffer.concat(planned.map(({ event }) => event.data));
  const now = new Date();
  let offset = 1;
  const offsets = planned.map(({ event }) => {
    const start = offset;
    offset += event.data.length;
    return start;
  });
  const column = <T>(read: (row: PlannedEvent) => T) => planned.map(read);
  return tx`
    insert into event (id, workspace_id, type, customer, payload, content_type, occurred_at, tags, idempotency_key,
      ordering_key, deliver_at, schema_warning, test, source_id, request_id, forwarded, readable)
    select id, workspace_id, type, customer, substring(${payloads}::bytea from start for length), content_type,
      occurred_at, tags, idempotency_key, ordering_key, deliver_at, schema_warning, test, source_id, request_id,
      forwarded, readable
    from unnest(
      ${column((row) => row.id)}::uuid[],
      ${column((row) => row.event.workspaceId)}::uuid[],
      ${column((row) => row.event.type)}::text[],
      ${column((row) => row.event.customer ?? null)}::text[],
      ${offsets}::int[],
      ${column((row) => row.event.data.length)}::int[],
      ${column((row) => row.event.contentType ?? "application/json")}::text[],
      ${column((row) => (row.event.occurredAt ?? now).toISOString())}::text[]::timestamptz[],
      ${column((row) => (row.event.tags ? JSON.stringify(row.event.tags) : null))}::text[]::json[],
      ${column((row) => row.event.idempotencyKey ?? null)}::text[],
      ${column((row) => row.event.orderingKey ?? null)}::text[],
      ${column((row) => row.deliverAt?.toISOString() ?? null)}::text[]::timestamptz[],
      ${column((row) => row.warning)}::text[],
      ${column((row) => String(row.event.test === true))}::text[]::boolean[],
      ${column((row) => row.event.origin?.sourceId ?? null)}::uuid[],
      ${column((row) => row.event.origin?.requestId ?? null)}::uuid[],
      ${column((row) => (row.event.origin ? JSON.stringify(row.event.origin.forwarded) : null))}::text[]::json[],
      ${column((row) => readable(row.event))}::text[]
    ) as e (id, workspace_id, type, customer, start, length, content_type, occurred_at, tags, idempotency_key,
      ordering_key, deliver_at, schema_warning, test, source_id, request_id, forwarded, readable)`.execute();
}

/** For searches; JSON is searched as it is. */
function readable({ data, contentType }: NewEvent): string | null {
  return contentType === undefined ? null : fieldsText(data, contentType);
}

async function insertDeliveries(tx: SqlTransaction, planned: PlannedEvent[]) {
  const rows = planned.flatMap(({ id, event, deliverAt, deliveries }) =>
    deliveries.map((delivery) => ({ id, event, deliverAt, delivery })),
  );
  if (rows.length === 0) return;
  const column = <T>(read: (row: (typeof rows)[number]) => T) => rows.map(read);
  // A held delivery counts as trouble, because someone looking for what is stuck looks there.
  await tx`
    insert into delivery (id, workspace_id, event_id, endpoint_id, customer, event_type, test, status, trouble, parked,
      reason, lane, next_attempt_at)
    select id, workspace_id, event_id, endpoint_id, customer, event_type, test, status, status = 'held', parked,
      reason, lane, next_attempt_at
    from unnest(
      ${column((row) => row.delivery.id)}::uuid[],
      ${column((row) => row.event.workspaceId)}::uuid[],
      ${column((row) => row.id)}::uuid[],
      ${column((row) => row.delivery.endpointId)}::uuid[],
      ${column((row) => row.event.customer ?? null)}::text[],
      ${column((row) => row.event.type)}::text[],
      ${column((row) => String(row.event.test === true))}::text[]::boolean[],
      ${column((row) => row.delivery.status)}::text[],
      ${column((row) => String(row.delivery.parked))}::text[]::boolean[],
      ${column((row) => row.delivery.reason)}::text[],
      ${column((row) => row.delivery.lane)}::text[],
      ${column((row) => row.deliverAt?.toISOString() ?? null)}::text[]::timestamptz[]
    ) as d (id, workspace_id, event_id, endpoint_id, customer, event_type, test, status, parked, reason, lane,
      next_attempt_at)`.execute();
}

/** Rows for those whose filter said no, so that nobody has to wonder. They are no trouble, unless it could not be asked. */
async function insertFilteredOut(tx: SqlTransaction, planned: PlannedEvent[]): Promise<void> {
  const some = planned.filter(({ filteredOut }) => filteredOut);
  if (some.length === 0) return;
  const rows = some.flatMap(({ id, event, filteredOut = [] }) => filteredOut.map((out) => ({ id, event, out })));
  const column = <T>(read: (row: (typeof rows)[number]) => T) => rows.map(read);
  await tx`
    insert into delivery (id, workspace_id, event_id, endpoint_id, customer, event_type, test, status, trouble, reason,
      finished_at)
    select id, workspace_id, event_id, endpoint_id, customer, event_type, test, 'discarded', unclear, reason, now()
    from unnest(
      ${column((row) => row.out.id)}::uuid[],
      ${column((row) => row.event.workspaceId)}::uuid[],
      ${column((row) => row.id)}::uuid[],
      ${column((row) => row.out.endpointId)}::uuid[],
      ${column((row) => row.event.customer ?? null)}::text[],
      ${column((row) => row.event.type)}::text[],
      ${column((row) => String(row.event.test === true))}::text[]::boolean[],
      ${column((row) => String(row.out.unclear))}::text[]::boolean[],
      ${column((row) => row.out.reason)}::text[]
    ) as d (id, workspace_id, event_id, endpoint_id, customer, event_type, test, unclear, reason)`.execute();
}

/** Somebody asked for it, which lets it past an open circuit. */
const TEST = { t: "manual" } as const;

function queueDeliveries(tx: SqlTransaction, planned: PlannedEvent[]): Promise<void> {
  const runnable = planned.flatMap(({ id, event, deliverAt, deliveries }) =>
    deliveries
      .filter(({ parked }) => !parked)
      .map((delivery) => ({
        job: { d: delivery.id, e: id, p: delivery.endpointId, ...(event.test && TEST) },
        startAfter: deliverAt ?? undefined,
      })),
  );
  return enqueueDeliveries(tx, runnable);
}

/** What is held waits for its endpoint, not for its turn: nobody needs to be woken for it. */
async function announceLine(tx: SqlTransaction, planned: PlannedEvent[]): Promise<void> {
  const inLine = planned.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ endpointId, parked, status }) => (parked && status === "queued" ? endpointId : [])),
  );
  if (inLine.length > 0) await announceParked(tx, [...new Set(inLine)]);
}
