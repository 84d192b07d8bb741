import { z } from "zod";
import { type IdPrefix, parseId } from "../ids.ts";

export const outsideId = (prefix: IdPrefix, noun: string) =>
  z.string().transform((text, context) => {
    const id = parseId(prefix, text);
    if (id) return id;
    context.addIssue({ code: "custom", message: `This is not the id of ${noun}` });
    return z.NEVER;
  });

/** Which delivery to retry, by its outside id. */
export const retryInput = z.object({ delivery: outsideId("dlv", "a delivery") });

/** Which event to replay, and to which endpoint; without one, to all that want it today. */
export const replayInput = z.object({
  event: outsideId("evt", "an event"),
  endpoint: outsideId("ep", "an endpoint").optional(),
});

/** As large as a form can comfortably hold; the form's own line breaks are taken back to what was typed. */
export const MAX_EDITED_BYTES = 512 * 1_024;

/** A delivery's event with other data, as a new event. */
export const editInput = retryInput.extend({
  payload: z
    .string({ error: "Write the event's data" })
    .transform((text) => text.replaceAll("\r\n", "\n"))
    .refine((text) => Buffer.byteLength(text) <= MAX_EDITED_BYTES, "At most 512 KiB can be edited here"),
  /** To the endpoint of the delivery, or to all that want such an event today. */
  to: z.enum(["endpoint", "all"], { error: "Choose where it goes" }),
});
