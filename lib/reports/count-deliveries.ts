import { and, count } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { type DeliveryFilter, deliveryConditions } from "./delivery-filter.ts";

/** Counting stops here: a page answers at once however many there are. */
const MOST = 10_000;

/** How many deliveries a filter matches, up to ten thousand. */
export async function countDeliveries(
  workspaceId: string,
  filter: DeliveryFilter,
): Promise<{ count: number; atLeast: boolean }> {
  const matching = db()
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(...deliveryConditions(workspaceId, filter)))
    .limit(MOST + 1)
    .as("matching");
  const [found] = await db().select({ count: count() }).from(matching);
  const matches = found?.count ?? 0;
  return { count: Math.min(matches, MOST), atLeast: matches > MOST };
}
