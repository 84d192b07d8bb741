import { and, between, eq, inArray, sql } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { DELIVER_QUEUE } from "../queue/jobs.ts";

/** How far into the queue we look for a workspace's own oldest delivery. */
const HEAD = 500;

type Waiting = { id: string; endpointId: string; waited_ms: number };

/** How long the workspace's oldest due delivery has waited for a worker, in ms; null when none waits. */
export async function oldestQueuedMs(workspaceId: string): Promise<number | null> {
  const head = await headOfQueue();
  const sorted = head.map((job) => job.id).sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return null;
  // By itself, with bounds: as a join the planner read every delivery there is.
  const own = await db()
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(eq(delivery.workspaceId, workspaceId), inArray(delivery.id, sorted), between(delivery.id, first, last)));
  const mine = new Set(own.map((row) => row.id));
  const waits = head.filter((job) => mine.has(job.id)).map((job) => job.waited_ms);
  return waits.length > 0 ? Math.max(...waits) : null;
}

/** What workers take next, in their order. */
export async function headOfQueue(): Promise<Waiting[]> {
  return db().execute<Waiting>(sql`
    select data ->> 'd' as id, data ->> 'p' as "endpointId",
      (extract(epoch from now() - greatest(start_after, created_on)) * 1000)::float8 as waited_ms
    from pgboss.job
    where name = ${DELIVER_QUEUE} and state < 'active' and not blocked and start_after <= now()
      and priority = 0 and created_on <= now()
    order by priority desc, created_on
    limit ${HEAD}`);
}
