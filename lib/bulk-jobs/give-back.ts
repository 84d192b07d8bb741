import type { SqlTransaction } from "../db.ts";
import { announceParked } from "../queue/gate-channel.ts";
import { changeItems, type Line } from "./line.ts";

/** Of a replay that was taken back before its first attempt. */
export const JOB_STOPPED = "Its bulk job was stopped before its turn";

/**
 * Takes out of the line what a stopped job has put there and nobody has let out yet: each is again what it was. One that
 * would have been tried again by itself goes on.
 * @param why the reason that replays get, which were nothing before
 * @returns how many
 */
export async function giveBack(tx: SqlTransaction, line: Line, why: string): Promise<number> {
  const open = await tx<{ id: string; before: number }[]>`
    select delivery_id as id, attempts_before as before from bulk_job_item
    where job_id = ${line.jobId} and endpoint_id = ${line.endpointId} and state = 'open'
      and coalesce(status_before, '') <> 'retrying' order by delivery_id`;
  const ids = open.map(({ id }) => id);
  const [first, last] = [ids[0], ids.at(-1)];
  if (!first || !last) return 0;
  // In the order of ids, as everybody locks them; what the releaser lets out at this moment is no longer parked then.
  const before = new Map(open.map((item) => [item.id, item.before]));
  const standing = await tx<{ id: string; status: string; attempts: number }[]>`
    select id, status, attempts from delivery where id = any(${ids}) and id >= ${first} and id <= ${last} and parked
    order by id for update`;
  const back = standing
    // One that has had its attempt waits for a further one of its own schedule, unless it was a probe's.
    .filter(({ id, status, attempts }) => status === "held" || attempts === before.get(id))
    .map(({ id }) => id);
  await tx`
    update delivery d set status = coalesce(i.status_before, 'discarded'), parked = false, released = false,
      next_trigger = null, next_actor = null, next_attempt_at = null,
      reason = case when i.status_before is null then ${why} else i.reason_before end,
      finished_at = case when i.status_before is null then now() else i.finished_before end
    from bulk_job_item i
    where i.job_id = ${line.jobId} and i.delivery_id = d.id
      and d.id = any(${back}) and d.id >= ${first} and d.id <= ${last} and d.parked`;
  await changeItems(
    tx,
    line,
    "open",
    back.map((deliveryId) => ({ deliveryId, state: "waiting" })),
  );
  // Those behind them in a strict order go on.
  if (back.length > 0) await announceParked(tx, [line.endpointId]);
  return back.length;
}
