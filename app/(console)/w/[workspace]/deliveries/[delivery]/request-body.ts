import type { Format } from "@/lib/endpoints/states.ts";
import { envelope } from "@/lib/formats/envelope.ts";
import { raw } from "@/lib/formats/raw.ts";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";

const FORMATS = { envelope, raw } satisfies Record<Format, unknown>;

/** The bytes a delivery's attempts send, made anew from the stored event; null once the event is past its retention. */
export function requestBody({ event }: DeliveryDetail, format: Format): { contentType: string; body: Buffer } | null {
  return event && FORMATS[format](event);
}
