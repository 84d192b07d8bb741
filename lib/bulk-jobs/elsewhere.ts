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
