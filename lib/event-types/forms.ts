import { z } from "zod";
import { parseId } from "../ids.ts";
import { eventTypeInput, eventTypeName } from "./input.ts";

// What the pages' forms send beside an event type's own fields: which type is meant, and how sure one is.

export const eventTypeTarget = z.object({ eventType: eventTypeName });

/** All fields of the form at once; the name is for good. */
export const eventTypeEdit = z
  .object({
    ...eventTypeInput.shape,
    ...eventTypeTarget.shape,
    /** Ticked by who knows that the new schema breaks receivers. */
    acceptBreaking: z.boolean().default(false),
  })
  .omit({ name: true });

/** The form as it is being typed: nothing in it has to hold yet. `eventType`: the one that is changed. */
export const eventTypeDraft = z.object({
  eventType: z.string().optional(),
  schema: z.string().default(""),
  example: z.string().default(""),
});

export const eventTypeDeletion = z
  .object({ ...eventTypeTarget.shape, confirmation: z.string().trim() })
  .refine(({ eventType, confirmation }) => confirmation === eventType, {
    path: ["confirmation"],
    message: "Type the name of the event type to delete it",
  });

/** Sends a type's example to one endpoint, or to all that subscribe to it. */
export const exampleSend = z.object({
  ...eventTypeTarget.shape,
  endpoint: z
    .string()
    .refine((text) => text === "all" || parseId("ep", text) !== null, "Choose an endpoint")
    .transform((text) => (text === "all" ? null : parseId("ep", text))),
});
