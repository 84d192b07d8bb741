import { sql } from "drizzle-orm";
import { db } from "../db.ts";
import type { DeliveryStatus } from "../delivery/outcomes.ts";
import { DELIVER_QUEUE } from "../queue/jobs.ts";

/** What the table stores: `sending` is derived, from a live job that a worker holds right now. */
export type StoredStatus = Exclude<DeliveryStatus, "sending">;

/** Names the deliveries that are being sent at this moment as `sending`. Asks the queue only about rows that could be. */
export async function withSending<Row extends { id: string; status: StoredStatus }>(
  rows: Row[],
): Promise<(Omit<Row, "status"> & { status: DeliveryStatus })[]> {
  const waiting = rows.flatMap(({ id, status }) => (status === "queued" || status === "retrying" ? [id] : []));
  if (waiting.length === 0) return rows;
  const sending = await beingSent(waiting);
  return rows.map((row) => (sending.has(row.id) ? { ...row, status: "sending" } : row));
}

async function beingSent(deliveryIds: string[]): Promise<Set<string>> {
  const jobs = await db().execute<{ id: string }>(sql`
    select data ->> 'd' as id from pgboss.job
    where name = ${DELIVER_QUEUE} and state = 'active' and data ->> 'd' = any(${sql.param(deliveryIds)}::text[])`);
  return new Set(jobs.map((job) => job.id));
}
