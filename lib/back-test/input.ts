import { z } from "zod";
import { endpointForm, fromForm } from "../endpoints/forms.ts";
import { endpointInput } from "../endpoints/input.ts";

/** As many recent events as a back-test looks at. */
export const MAX_BACK_TEST_EVENTS = 50;

const { subscriptions, customer, filter, transformation } = endpointInput.shape;

/** What is tried out: as much of an endpoint as decides which events it gets, and what becomes of them. */
export const backTestInput = z.strictObject({
  subscriptions,
  customer,
  filter,
  transformation,
  limit: z.int().min(1).max(MAX_BACK_TEST_EVENTS).default(MAX_BACK_TEST_EVENTS).meta({
    description: "How many of the newest events to look at.",
  }),
});
export type BackTestInput = z.infer<typeof backTestInput>;

const { events, patterns } = endpointForm.shape;

/** The endpoint's form as it stands, of which only so much is read. */
export const backTestForm = z.object({ subscriptions, customer, filter, transformation, events, patterns });

export function backTestFromForm(form: z.infer<typeof backTestForm>): BackTestInput {
  return { ...fromForm(form), limit: MAX_BACK_TEST_EVENTS };
}
