"use server";

import { redirect } from "next/navigation";
import { sendTest } from "@/lib/endpoints/send-test.ts";
import {
  archiveEventType,
  createEventType,
  deleteEventType,
  unarchiveEventType,
  updateEventType,
} from "@/lib/event-types/commands.ts";
import { breakingFor } from "@/lib/event-types/draft.ts";
import { eventTypeDeletion, eventTypeEdit, eventTypeTarget, exampleSend } from "@/lib/event-types/forms.ts";
import { eventTypeInput } from "@/lib/event-types/input.ts";
import { formatId } from "@/lib/ids.ts";
import { formAction, invalid } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";

const listPath = ({ workspace }: Actor) => `/w/${workspace.slug}/event-types`;
const typePath = (actor: Actor, name: string) => `${listPath(actor)}/${name}`;
const ACCEPTED = { changes: [] };
const GONE = { _form: ["This event type does not exist any more."] };

export const createEventTypeAction = formAction("configure", eventTypeInput, async (input, actor) => {
  const created = await createEventType(actor.workspace.id, input, actor.author);
  if (created.result === "exists") return invalid({ name: [`There is an event type ${input.name} already`] });
  if (created.result === "limit") return invalid({ _form: [`A workspace has at most ${created.limit} event types.`] });
  redirect(typePath(actor, created.name));
});

export const updateEventTypeAction = formAction("configure", eventTypeEdit, async (input, actor) => {
  const { eventType, acceptBreaking, ...patch } = input;
  const { changes } = acceptBreaking ? ACCEPTED : await breakingFor(actor.workspace.id, eventType, patch.schema);
  if (changes.length > 0) return invalid({ acceptBreaking: changes });
  const updated = await updateEventType(actor.workspace.id, eventType, patch, actor.author);
  if (updated.result === "not_found") return invalid(GONE);
  if (updated.result === "mismatch") return invalid({ example: [updated.problem] });
  redirect(typePath(actor, eventType));
});

export const archiveEventTypeAction = formAction("configure", eventTypeTarget, async ({ eventType }, actor) => {
  await archiveEventType(actor.workspace.id, eventType, actor.author);
  redirect(typePath(actor, eventType));
});

export const unarchiveEventTypeAction = formAction("configure", eventTypeTarget, async ({ eventType }, actor) => {
  await unarchiveEventType(actor.workspace.id, eventType, actor.author);
  redirect(typePath(actor, eventType));
});

export const deleteEventTypeAction = formAction("configure", eventTypeDeletion, async ({ eventType }, actor) => {
  const deleted = await deleteEventType(actor.workspace.id, eventType, actor.author);
  if (deleted.result === "in_use") return invalid({ _form: ["It is in use by now: archive it instead."] });
  redirect(listPath(actor));
});

export const sendExampleAction = formAction("send", exampleSend, async ({ eventType, endpoint }, actor) => {
  const sent = await sendTest(actor.workspace.id, eventType, endpoint === null ? null : [endpoint]);
  if (sent.result === "unknown_type") return invalid(GONE);
  if (sent.result === "no_endpoint")
    return invalid({ endpoint: ["No active endpoint took it: all are disabled, or none subscribes."] });
  if (sent.result === "refused") return invalid({ _form: [sent.detail] });
  const [delivery, ...more] = sent.deliveryIds;
  const base = `/w/${actor.workspace.slug}`;
  redirect(
    delivery && more.length === 0
      ? `${base}/deliveries/${formatId("dlv", delivery)}`
      : `${base}/events/${formatId("evt", sent.eventId)}`,
  );
});
