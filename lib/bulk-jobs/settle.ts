import type { SqlTransaction } from "../db.ts";
import { changeItems, type ItemChange, type Line } from "./line.ts";

type Stand = { id: string; status: string; attempts: number };

/**
 * Tells which of a line's deliveries have had their attempt. One that will be tried again by its schedule has had it;
 * one that is held, by a pause or an open circuit, still waits for it.
 * @returns how many were told
 */
export async function settleOpen(tx: SqlTransaction, line: Line): Promise<number> {
  if (line.open === 0) return 0;
  const open = await tx<{ id: string; before: number }[]>`
    select delivery_id as id, attempts_before as before from bulk_job_item
    where job_id = ${line.jobId} and endpoint_id = ${line.endpointId} and state = 'open' order by delivery_id`;
  const ids = open.map(({ id }) => id);
  const stands = await tx<Stand[]>`
    select id, status, attempts from delivery
    where id = any(${ids}) and id >= ${ids[0] ?? null} and id <= ${ids.at(-1) ?? null}`;
  const byId = new Map(stands.map((stand) => [stand.id, stand]));
  const changes = open.flatMap(({ id, before }): ItemChange[] => {
    const state = outcomeOf(byId.get(id), before);
    return state ? [{ deliveryId: id, state }] : [];
  });
  await changeItems(tx, line, "open", changes);
  return changes.length;
}

/** What became of a delivery that was put in line; null = nothing yet. */
export function outcomeOf(stand: Omit<Stand, "id"> | undefined, attemptsBefore: number): ItemChange["state"] | null {
  // Its day was dropped.
  if (!stand) return "discarded";
  const { status, attempts } = stand;
  if (status === "delivered" || status === "failed" || status === "discarded") return status;
  return status === "retrying" && attempts > attemptsBefore ? "retrying" : null;
}
