import { publicUrl } from "../env.ts";
import type { Format } from "../formats/names.ts";
import type { Formatted, FormattedEvent, OutgoingFormat } from "../formats/outgoing.ts";
import { formatOf } from "../formats/registry.ts";
import { formatId } from "../ids.ts";

type Stored = Pick<FormattedEvent, "type" | "contentType" | "occurredAt" | "customer"> & {
  id: string;
  sourceId?: string | null;
};

/** A stored event as formats get it: with its outside id, and where it comes from. */
export function formattedEvent(event: Stored, payload: Buffer, workspaceSlug: string): FormattedEvent {
  const { type, contentType, occurredAt, customer, sourceId } = event;
  const id = formatId("evt", event.id);
  const workspace = `${publicUrl()}/w/${workspaceSlug}`;
  const source = sourceId ? `${workspace}/sources/${formatId("src", sourceId)}` : workspace;
  return { id, type, contentType, occurredAt, customer, payload, source, link: `${workspace}/events/${id}` };
}

/** The bytes that go out; not every event can be written in every format. */
export function written(format: Format, write: (format: OutgoingFormat) => Formatted): Formatted | { problem: string } {
  try {
    return write(formatOf(format));
  } catch (error) {
    // An attempt says so, or a page, and the process goes on.
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `The event could not be written as ${format}: ${why}` };
  }
}
