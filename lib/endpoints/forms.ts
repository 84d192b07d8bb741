import { z } from "zod";
import { eventTypeName } from "../event-types/input.ts";
import { parseId } from "../ids.ts";
import { isReceiverUrl } from "../receiver/address.ts";
import { endpointInput, rotateInput } from "./input.ts";
import { simplifySubscriptions } from "./subscription-tree.ts";

// What the pages' forms send beside an endpoint's own fields: which endpoint is meant, and how events are chosen.

const endpointId = z
  .string()
  .refine((text) => parseId("ep", text) !== null, "This endpoint does not exist")
  .transform((text) => parseId("ep", text) ?? "");

export const endpointTarget = z.object({ endpoint: endpointId });

/** In the API an empty list means all events; a person says so, so that an empty tree is not taken for "all". */
export const endpointForm = z
  .object({
    ...endpointInput.shape,
    headers: endpointInput.shape.headers.refine(
      (rows) => rows.every(({ value }) => value !== ""),
      "Give every header a value; after an error they have to be typed again",
    ),
    events: z.enum(["all", "chosen"]).default("all"),
    patterns: endpointInput.shape.subscriptions,
  })
  .refine(({ events, subscriptions, patterns }) => events === "all" || subscriptions.length + patterns.length > 0, {
    path: ["subscriptions"],
    message: "Choose at least one event type, or all of them",
  });

/** The form of an endpoint of the product's own sends its URL back as it is; whether it may have it, the command says. */
export const editedUrl = z
  .string()
  .trim()
  .superRefine((text, context) => {
    if (isReceiverUrl(text)) return;
    for (const { message } of endpointInput.shape.url.safeParse(text).error?.issues ?? []) {
      context.addIssue({ code: "custom", message });
    }
  });

export const endpointEdit = endpointForm.safeExtend({ ...endpointTarget.shape, url: editedUrl });

type ChosenEvents = { events: "all" | "chosen"; patterns: string[]; subscriptions: string[] };

/** The form as the endpoint it describes. */
export function fromForm<Form extends ChosenEvents>({ events, patterns, subscriptions, ...input }: Form) {
  const wanted = events === "all" ? [] : simplifySubscriptions([...subscriptions, ...patterns]);
  return { ...input, subscriptions: wanted };
}

export const endpointDeletion = z.object({ ...endpointTarget.shape, confirmation: z.string().trim() });
export const testSend = z.object({ ...endpointTarget.shape, eventType: eventTypeName });
export const secretRotation = z.object({ ...endpointTarget.shape, ...rotateInput.shape });
