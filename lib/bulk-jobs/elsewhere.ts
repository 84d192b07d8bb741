import type postgres from "postgres";
import type { SqlTransaction } from "../db.ts";
import { firstIdAt, idTime } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";

type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** Of these events those of which a delivery to the same endpoint was delivered. */
export function listReached(tx: SqlTransaction, endpointId: string, eventIds: readonly string[]): Promise<Set<string>> {
  return listEvents(tx, endpointId, eventIds, tx`d.status = 'delivered'`);
}

/** Of these events those that have any delivery to the endpoint, however it ended. */
export function listSent(tx: SqlTransaction, endpointId: string, eventIds: readonly string[]): Promise<Set<string>> {
  return listEvents(tx, endpointId, eventIds, tx`true`);
}

/** Of these events those of which a delivery to the endpoint was put in line by the same job. */
export function listBegun(
  tx: SqlTransaction,
  { jobId, endpointId }: { jobId: string; endpointId: string },
  eventIds: readonly string[],
): Promise<Set<string>> {
  const begun = tx`exists (select from bulk_job_item i
    where i.job_id = ${jobId} and i.delivery_id = d.id and i.state not in ('waiting', 'skipped'))`;
  return listEvents(tx, endpointId, eventIds, begun);
}

/** A delivery is never older than its event. */
async function listEvents(
  tx: SqlTransaction,
  endpointId: string,
  eventIds: readonly string[],
  which: Fragment,
): Promise<Set<string>> {
  const oldest = eventIds.toSorted()[0];
  if (!oldest) return new Set();
  const rows = await tx<{ eventId: string }[]>`
    select d.event_id as "eventId" from delivery d
    where d.event_id = any(${[...eventIds]}) and d.endpoint_id = ${endpointId} and ${which}
      and d.id >= ${firstIdAt(idTime(oldest))} and d.id < ${firstIdAt(Date.now() + DAY_MS)}`;
  return new Set(rows.map(({ eventId }) => eventId));
}
