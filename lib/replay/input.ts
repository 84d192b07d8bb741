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
