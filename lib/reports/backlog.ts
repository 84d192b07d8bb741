import { sql } from "drizzle-orm";
import { db } from "../db.ts";
import { DELIVER_QUEUE } from "../queue/jobs.ts";

/** How far into the queue we look for a workspace's own oldest delivery. */
const HEAD = 500;

/** How long the workspace's oldest due delivery has waited for a worker, in ms; null when none waits. */
export async function oldestQueuedMs(workspaceId: string): Promise<number | null> {
  const [oldest] = await db().execute<{ waited_ms: number | null }>(sql`
    with head as materialized (
      select (data ->> 'd')::uuid as delivery_id, greatest(start_after, created_on) as due
      from pgboss.job
      where name = ${DELIVER_QUEUE} and state < 'active' and not blocked and start_after <= now()
      order by priority desc, created_on
      limit ${HEAD}
    )
    select (extract(epoch from now() - min(head.due)) * 1000)::float8 as waited_ms
    from head join delivery on delivery.id = head.delivery_id and delivery.workspace_id = ${workspaceId}`);
  return oldest?.waited_ms ?? null;
}
