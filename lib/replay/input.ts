import { z } from "zod";
import { parseId } from "../ids.ts";

/** Which delivery to retry, by its outside id. */
export const retryInput = z.object({
  delivery: z.string().transform((text, context) => {
    const id = parseId("dlv", text);
    if (id) return id;
    context.addIssue({ code: "custom", message: "This is not the id of a delivery" });
    return z.NEVER;
  }),
});
