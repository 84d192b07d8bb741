import { publicUrl } from "../env.ts";
import type { FormattedEvent } from "../formats/outgoing.ts";
import { formatId } from "../ids.ts";

type Stored = Pick<FormattedEvent, "type" | "contentType" | "occurredAt" | "customer"> & { id: string };

/** A stored event as formats get it: with its outside id, and where it comes from. */
export function formattedEvent(event: Stored, payload: Buffer, workspaceSlug: string): FormattedEvent {
  const { type, contentType, occurredAt, customer } = event;
  const id = formatId("evt", event.id);
  const source = `${publicUrl()}/w/${workspaceSlug}`;
  return { id, type, contentType, occurredAt, customer, payload, source, link: `${source}/events/${id}` };
}
