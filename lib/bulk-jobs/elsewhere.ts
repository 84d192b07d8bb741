import type { SqlTransaction } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";

/** The event of a delivery that may have reached the endpoint on another way. */
export type Aimed = { deliveryId: string; eventId: string };

/** Which of these have an event of which another delivery reached the same endpoint. */
export async function reachedElsewhere(
  tx: SqlTransaction,
  endpointId: string,
  aimed: readonly Aimed[],
): Promise<Set<string>> {
  const oldest = aimed.map(({ eventId }) => eventId).sort()[0];
  if (!oldest) return new Set();
  const rows = await tx<{ id: string; eventId: string }[]>`
    select id, event_id as "eventId" from delivery
    where event_id = any(${aimed.map(({ eventId }) => eventId)}) and endpoint_id = ${endpointId}
      and status = 'delivered' and id >= ${firstIdAt(idTime(oldest))} and id < ${firstIdAt(Date.now() + DAY_MS)}`;
  const reached = new Set(rows.map(({ eventId }) => eventId));
  return new Set(aimed.filter(({ eventId }) => reached.has(eventId)).map(({ deliveryId }) => deliveryId));
}

/** Events of which another delivery to the endpoint was put in line by the same job. */
export async function begunInJob(
  tx: SqlTransaction,
  { jobId, endpointId }: { jobId: string; endpointId: string },
  aimed: readonly Aimed[],
): Promise<Set<string>> {
  const oldest = aimed.map(({ eventId }) => eventId).sort()[0];
  if (!oldest) return new Set();
  const rows = await tx<{ eventId: string }[]>`
    select d.event_id as "eventId" from delivery d
    join bulk_job_item i on i.job_id = ${jobId} and i.delivery_id = d.id and i.state not in ('waiting', 'skipped')
    where d.event_id = any(${aimed.map(({ eventId }) => eventId)}) and d.endpoint_id = ${endpointId}
      and d.id >= ${firstIdAt(idTime(oldest))} and d.id < ${firstIdAt(Date.now() + DAY_MS)}`;
  return new Set(rows.map(({ eventId }) => eventId));
}
