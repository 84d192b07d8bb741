import { sql } from "drizzle-orm";
import { db } from "../db.ts";
import { idTime } from "../ids.ts";
import { headOfQueue } from "./backlog.ts";

/** Since when the oldest delivery of each endpoint waits: for its turn, its endpoint or a worker. Missing: nothing does. */
export async function queueAges(endpointIds: string[], now = new Date()): Promise<Map<string, number>> {
  if (endpointIds.length === 0) return new Map();
  const [parked, head] = await Promise.all([oldestParked(endpointIds), headOfQueue()]);
  const ages = new Map(parked.map(({ endpointId, id }) => [endpointId, now.getTime() - idTime(id).getTime()]));
  for (const { endpointId, waited_ms } of head) {
    if (endpointIds.includes(endpointId)) ages.set(endpointId, Math.max(ages.get(endpointId) ?? 0, waited_ms));
  }
  return ages;
}

/** One look into the index of what is parked for each: its first row, not all of them. */
function oldestParked(endpointIds: string[]) {
  return db().execute<{ endpointId: string; id: string }>(sql`
    select p.id as "endpointId", oldest.id from unnest(${sql.param(endpointIds)}::uuid[]) as p (id), lateral (
      select d.id from delivery d where d.endpoint_id = p.id and d.parked
      order by coalesce(d.lane, ''), d.id limit 1) oldest`);
}
