import { formattedEvent, written } from "@/lib/delivery/formatted-event.ts";
import { transformed } from "@/lib/delivery/transformed.ts";
import type { Format } from "@/lib/formats/names.ts";
import type { Formatted, FormattedEvent } from "@/lib/formats/outgoing.ts";
import { type DeliveryDetail, findPayload } from "@/lib/reports/delivery.ts";

type EndpointNow = { format: Format; transformation: string | null };
/** `note`: what is to be said beside it, or why there is nothing. */
type RequestBody = { sent: Formatted | null; note: string | null };

/** The bytes a delivery's attempts send, made anew from the stored event; null once the event is past its retention. */
export async function requestBody(delivery: DeliveryDetail, endpoint: EndpointNow): Promise<RequestBody> {
  const { event, endpointId, workspaceSlug, attemptList } = delivery;
  const payload = event && (await findPayload(event.workspaceId, event.id));
  if (!payload) return { sent: null, note: null };
  const write = (outgoing: FormattedEvent, note: string | null): RequestBody => {
    // Of a request with many events, the part that is this delivery's.
    const made = written(endpoint.format, ({ one, many }) =>
      many && attemptList.at(-1)?.batchId ? many([outgoing]) : one(outgoing),
    );
    return "problem" in made ? { sent: null, note: `There is no body. ${made.problem}.` } : { sent: made, note };
  };
  const stored: FormattedEvent = formattedEvent(event, payload, workspaceSlug);
  if (endpoint.transformation === null) return write(stored, null);
  const made = await transformed(
    { ...event, payload, bytes: payload.length },
    stored,
    { workspaceId: event.workspaceId, endpointId },
    endpoint.transformation,
  );
  switch (made.result) {
    case "event":
      return write(made.event, "As the endpoint's transformation makes it today.");
    case "dropped":
      return { sent: null, note: "The endpoint's transformation drops this event today: there is no body." };
    case "failed":
      return { sent: null, note: `There is no body today. ${made.detail}.` };
    case "busy":
      return { sent: null, note: "The endpoint's transformation takes too long just now: look again in a moment." };
  }
}
