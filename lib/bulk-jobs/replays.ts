import type { SqlTransaction } from "../db.ts";
import type { ItemChange, Line } from "./line.ts";

type Replay = { deliveryId: string; eventId: string };

/** New deliveries of stored events, in their endpoint's line from the start. Their ids were made when they were counted. */
export async function makeReplays(
  tx: SqlTransaction,
  { workspaceId, endpointId, endpoint, actor }: Line,
  replays: Replay[],
): Promise<ItemChange[]> {
  if (replays.length === 0) return [];
  const rows = JSON.stringify(replays.map(({ deliveryId: d, eventId: e }) => ({ d, e })));
  const eventIds = replays.map(({ eventId }) => eventId).sort();
  const made = await tx<{ id: string }[]>`
    insert into delivery (id, workspace_id, event_id, endpoint_id, customer, event_type, status, parked, lane,
      next_trigger, next_actor, replay_of, test)
    select d, e.workspace_id, e.id, ${endpointId}, e.customer, e.type, 'queued', true,
      case when ${endpoint?.ordering === "strict"} then e.ordering_key end, 'bulk', ${actor},
      (select p.id from delivery p where p.event_id = e.id and p.endpoint_id = ${endpointId} and p.id < d
        order by p.id desc limit 1), e.test
    from json_to_recordset(${rows}::text::json) as x (d uuid, e uuid)
    join event e on e.id = x.e and e.workspace_id = ${workspaceId}
      and e.id >= ${eventIds[0] ?? null} and e.id <= ${eventIds.at(-1) ?? null}
    order by d
    returning id`;
  const ids = new Set(made.map(({ id }) => id));
  return replays.map(({ deliveryId }): ItemChange => {
    if (!ids.has(deliveryId)) return { deliveryId, state: "skipped", skipped: "gone" };
    return { deliveryId, state: "open", before: { attempts: 0, status: null, reason: null, finishedAt: null } };
  });
}
