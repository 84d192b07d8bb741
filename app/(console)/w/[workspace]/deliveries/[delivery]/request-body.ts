import { formattedEvent } from "@/lib/delivery/formatted-event.ts";
import type { Format } from "@/lib/formats/names.ts";
import type { Formatted } from "@/lib/formats/outgoing.ts";
import { formatOf } from "@/lib/formats/registry.ts";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";

/** The bytes a delivery's attempts send, made anew from the stored event; null once the event is past its retention. */
export function requestBody({ event, workspaceSlug, attemptList }: DeliveryDetail, format: Format): Formatted | null {
  if (!event) return null;
  const { one, many } = formatOf(format);
  const outgoing = formattedEvent(event, event.payload, workspaceSlug);
  // Of a request with many events, the part that is this delivery's.
  return many && attemptList.at(-1)?.batchId ? many([outgoing]) : one(outgoing);
}
