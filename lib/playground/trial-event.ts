import { publicUrl } from "../env.ts";
import type { FormattedEvent } from "../formats/outgoing.ts";
import { formatId, newId } from "../ids.ts";

type Given = { type: string; payload: Buffer; workspaceSlug: string; customer?: string | null };

/** An event that is stored nowhere: it has an id like any other, but no page to link to. */
export function trialEvent({ type, payload, workspaceSlug, customer = null }: Given): {
  event: FormattedEvent;
  eventId: string;
} {
  const eventId = newId();
  const event = {
    id: formatId("evt", eventId),
    type,
    occurredAt: new Date(),
    payload,
    contentType: "application/json",
    customer,
    source: `${publicUrl()}/w/${workspaceSlug}`,
    link: null,
  };
  return { event, eventId };
}
