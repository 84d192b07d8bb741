import { asc } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { idTime } from "../ids.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { conditionsOf } from "./rows-visited.ts";
import type { Reader } from "./within-time.ts";

/** Clocks of two machines differ: the newest rows may seem to lie ahead. */
const AHEAD_MS = 60_000;

/** The time in which rows of a filter can lie that come before a cursor: never endless on either side. */
export async function searchedSpan(
  workspaceId: string,
  { from, to }: DeliveryFilter,
  before?: string | null,
): Promise<{ from: Date; to: Date }> {
  const latest = Math.min(to?.getTime() ?? Number.POSITIVE_INFINITY, Date.now() + AHEAD_MS);
  // A cursor's millisecond has more ids than the cursor's own.
  const end = before ? Math.min(latest, idTime(before).getTime() + 1) : latest;
  const start = from ?? (await oldestDelivery(db(), workspaceId));
  return { from: start ?? new Date(end), to: new Date(end) };
}

/** When the oldest delivery was created that is still there. */
export async function oldestDelivery(reader: Reader, workspaceId: string): Promise<Date | null> {
  const [first] = await reader
    .select({ id: delivery.id })
    .from(delivery)
    .where(conditionsOf(workspaceId, {}))
    .orderBy(asc(delivery.id))
    .limit(1);
  return first ? idTime(first.id) : null;
}
