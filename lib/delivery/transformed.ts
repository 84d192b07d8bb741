import type { FormattedEvent } from "../formats/outgoing.ts";
import { transformEvent } from "../transformations/transform-event.ts";
import { TRANSFORMATION_FAILED } from "../transformations/words.ts";
import type { Configuration } from "./configuration.ts";
import type { EventRow } from "./load.ts";

export type TransformedEvent =
  | { result: "event"; event: FormattedEvent }
  | { result: "dropped" }
  | { result: "failed"; detail: string }
  | { result: "busy" };

/** The event as the endpoint's transformation makes it, on its way to being formatted. */
export async function transformed(
  { id, tags }: EventRow,
  event: FormattedEvent,
  { workspaceId, endpointId: part }: Pick<Configuration, "workspaceId" | "endpointId">,
  code: string,
): Promise<TransformedEvent> {
  const made = await transformEvent({ workspaceId, part }, code, { ...event, id, tags });
  switch (made.result) {
    case "rewritten":
      return {
        result: "event",
        event: { ...event, type: made.type, contentType: made.contentType, payload: made.payload },
      };
    case "failed":
      return { result: "failed", detail: `${TRANSFORMATION_FAILED}: ${made.problem}` };
    default:
      return made;
  }
}
