import { delivery } from "../../drizzle/schema/traffic.ts";
import { countBack, type Total } from "./count-back.ts";
import { type DeliveryFilter, deliveryConditions, isIndexed } from "./delivery-filter.ts";

/** How many deliveries a filter matches, up to ten thousand, or as far as counting came in its time. */
export function countDeliveries(workspaceId: string, filter: DeliveryFilter): Promise<Total> {
  return countBack(delivery, workspaceId, filter, isIndexed(filter), (part) =>
    deliveryConditions(workspaceId, { ...filter, ...part }),
  );
}
