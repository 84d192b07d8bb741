import { and, count } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { DAY_MS } from "../partitions/days.ts";
import { type DeliveryFilter, deliveryConditions, isIndexed } from "./delivery-filter.ts";
import { searchedSpan } from "./searched-span.ts";
import { stepBack } from "./step-back.ts";
import type { Reader } from "./within-time.ts";

/** Counting stops here: a page answers at once however many there are. */
export const MOST_COUNTED = 10_000;
/** So long it counts; then it is "so many or more". */
const PATIENCE_MS = 300;

/** `atLeast`: there may be more, counting stopped. */
export type Total = { count: number; atLeast: boolean };

/** How many deliveries a filter matches, up to ten thousand, or as far as counting came in its time. */
export async function countDeliveries(workspaceId: string, filter: DeliveryFilter): Promise<Total> {
  let counted = 0;
  const span = await searchedSpan(workspaceId, filter);
  const { searchedTo } = await stepBack(
    isIndexed(filter) ? { ...span, firstMs: DAY_MS } : span,
    PATIENCE_MS,
    async (reader, part) => {
      counted += await countRows(reader, workspaceId, { ...filter, ...part }, MOST_COUNTED + 1 - counted);
      return counted;
    },
    (found) => found > MOST_COUNTED,
  );
  return upToMost(counted, searchedTo !== null);
}

function upToMost(counted: number, stopped: boolean): Total {
  return { count: Math.min(counted, MOST_COUNTED), atLeast: stopped || counted > MOST_COUNTED };
}

async function countRows(reader: Reader, workspaceId: string, filter: DeliveryFilter, most: number): Promise<number> {
  const matching = reader
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(...deliveryConditions(workspaceId, filter)))
    .limit(most)
    .as("matching");
  const [found] = await reader.select({ count: count() }).from(matching);
  return found?.count ?? 0;
}
