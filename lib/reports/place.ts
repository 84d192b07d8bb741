import { and, asc, count, desc, eq, gt, lt, type SQL } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { conditionsOf } from "./rows-visited.ts";
import { type Reader, withinTime } from "./within-time.ts";

/** Counting stops here, as it does for a list's total. */
const MOST = 10_000;
/** A number beside a list is not worth more. */
const TIMEOUT_MS = 500;

/** How many deliveries of a list are newer than this one; null when they are too many to count at once. */
export function countNewer(workspaceId: string, filter: DeliveryFilter, id: string): Promise<number | null> {
  return withinTime(TIMEOUT_MS, (reader) => newerThan(reader, conditionsOf(workspaceId, filter), id));
}

export type Place = {
  /** Its number in the list, from 1; null when it is not in there, or too many are before it. */
  number: number | null;
  /** The ids beside it. */
  newer: string | null;
  older: string | null;
};

/** Where a delivery stands in a list: those beside it even when the list's filters do not hold for it any more. */
export async function findPlace(workspaceId: string, filter: DeliveryFilter, id: string): Promise<Place> {
  const list = conditionsOf(workspaceId, filter);
  const place = await withinTime(TIMEOUT_MS, async (reader) => {
    const newer = await nearest(reader, and(list, gt(delivery.id, id)), asc(delivery.id));
    const older = await nearest(reader, and(list, lt(delivery.id, id)), desc(delivery.id));
    const itself = await nearest(reader, and(list, eq(delivery.id, id)), asc(delivery.id));
    const before = itself && (await newerThan(reader, list, id));
    return { number: typeof before === "number" ? before + 1 : null, newer, older };
  });
  return place ?? { number: null, newer: null, older: null };
}

async function newerThan(reader: Reader, list: SQL, id: string): Promise<number | null> {
  const newer = reader
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(list, gt(delivery.id, id)))
    .limit(MOST + 1)
    .as("newer");
  const [found] = await reader.select({ count: count() }).from(newer);
  const many = found?.count ?? 0;
  return many > MOST ? null : many;
}

async function nearest(reader: Reader, where: SQL | undefined, order: SQL): Promise<string | null> {
  const [row] = await reader.select({ id: delivery.id }).from(delivery).where(where).orderBy(order).limit(1);
  return row?.id ?? null;
}
