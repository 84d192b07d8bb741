import { and, count, gt } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { countDeliveries } from "./count-deliveries.ts";
import { listDeliveries } from "./deliveries.ts";
import { type DeliveryFilter, deliveryConditions } from "./delivery-filter.ts";

/** Beyond this nobody counts along: the place in the list is left out. */
const MOST_NEWER = 10_000;

/** Where a delivery stands among those of a filter, newest first, and who is beside it. Database ids. */
export type Neighbours = {
  newer: string | null;
  older: string | null;
  /** From 1; null when it is too far down to say. */
  place: number | null;
  total: { count: number; atLeast: boolean };
};

export async function neighboursOf(workspaceId: string, id: string, filter: DeliveryFilter): Promise<Neighbours> {
  const newer = db()
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(...deliveryConditions(workspaceId, filter), gt(delivery.id, id)))
    .limit(MOST_NEWER)
    .as("newer");
  const [before, after, [counted], total] = await Promise.all([
    listDeliveries(workspaceId, filter, { after: id, limit: 1 }),
    listDeliveries(workspaceId, filter, { before: id, limit: 1 }),
    db().select({ count: count() }).from(newer),
    countDeliveries(workspaceId, filter),
  ]);
  const above = counted?.count ?? 0;
  return {
    newer: before.rows.at(-1)?.id ?? null,
    older: after.rows[0]?.id ?? null,
    place: above < MOST_NEWER ? above + 1 : null,
    total,
  };
}
