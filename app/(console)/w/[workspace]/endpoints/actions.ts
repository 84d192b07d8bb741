"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { formatDuration } from "@/components/ui/format";
import {
  createEndpoint,
  deleteEndpoint,
  enableEndpoint,
  pauseEndpoint,
  resumeEndpoint,
  type StatusResult,
  updateEndpoint,
} from "@/lib/endpoints/commands.ts";
import {
  endpointDeletion,
  endpointEdit,
  endpointForm,
  endpointTarget,
  fromForm,
  testSend,
} from "@/lib/endpoints/forms.ts";
import { probeNow } from "@/lib/endpoints/probe-now.ts";
import { findEndpoint } from "@/lib/endpoints/queries.ts";
import { sendTest } from "@/lib/endpoints/send-test.ts";
import { formatId } from "@/lib/ids.ts";
import { verifyAndEnable } from "@/lib/playground/verify-and-enable.ts";
import type { Verification } from "@/lib/playground/verify-endpoint.ts";
import { causeSentence } from "@/lib/reports/causes.ts";
import { done, type FormState, formAction, invalid } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";
import { verifyByForm } from "./verify-action";

const listPath = ({ workspace }: Actor) => `/w/${workspace.slug}/endpoints`;
const endpointPath = (actor: Actor, id: string) => `${listPath(actor)}/${formatId("ep", id)}`;
const GONE = invalid({ _form: ["This endpoint does not exist any more."] });

const create = formAction("configure", endpointForm, async (form, actor) => {
  const created = await createEndpoint(actor.workspace.id, fromForm(form), actor.author);
  if (created.result === "limit") return invalid({ _form: [`A workspace has at most ${created.limit} endpoints.`] });
  if (created.result === "refused") return refusedField(created);
  redirect(endpointPath(actor, created.id));
});

/** Its second button verifies instead of saving; only a browser without JavaScript sends it. */
export async function createEndpointAction(previous: FormState, form: FormData): Promise<FormState> {
  return form.get("intent") === "verify" ? verifyByForm(previous, form) : create(previous, form);
}

const update = formAction("configure", endpointEdit, async ({ endpoint, ...form }, actor) => {
  const updated = await updateEndpoint(actor.workspace.id, endpoint, fromForm(form), actor.author);
  if (updated.result === "not_found") return GONE;
  if (updated.result === "built_in") return invalid({ url: ["The built-in receiver keeps its URL"] });
  if (updated.result === "refused") return refusedField(updated);
  redirect(endpointPath(actor, endpoint));
});

export async function updateEndpointAction(previous: FormState, form: FormData): Promise<FormState> {
  return form.get("intent") === "verify" ? verifyByForm(previous, form) : update(previous, form);
}

/** The form knows a field by the first part of its path; the rest says which of its parts is meant. */
function refusedField({ field, message }: { field: string; message: string }): FormState {
  const [name = "_form", ...parts] = field.split(".");
  return invalid({ [name]: [[...parts, message].join(" ")] });
}

export const pauseEndpointAction = formAction("configure", endpointTarget, async ({ endpoint }, actor) => {
  const paused = await pauseEndpoint(actor.workspace.id, endpoint, actor.author);
  return changed(paused, actor, endpoint, "Paused. New deliveries are held until you resume.");
});

export const resumeEndpointAction = formAction("configure", endpointTarget, async ({ endpoint }, actor) => {
  const resumed = await resumeEndpoint(actor.workspace.id, endpoint, actor.author);
  return changed(resumed, actor, endpoint, "Resumed. Held deliveries are being released.");
});

export const enableEndpointAction = formAction("configure", endpointTarget, async ({ endpoint }, actor) => {
  const enabled = await enableEndpoint(actor.workspace.id, endpoint, actor.author);
  return changed(enabled, actor, endpoint, "Enabled. It gets new events from now on.");
});

export const verifyAndEnableAction = formAction("configure", endpointTarget, async ({ endpoint }, actor) => {
  const { workspace, author } = actor;
  const tried = await verifyAndEnable(workspace, endpoint, author);
  if (tried.result === "not_found") return GONE;
  if (tried.result === "busy") return invalid({ _form: [tried.why] });
  if (tried.result === "unanswered") return invalid({ _form: [unansweredWords(tried.verification)] });
  redirect(endpointPath(actor, endpoint));
});

function unansweredWords({ answer: { outcome, statusCode, totalMs, detail } }: Verification): string {
  const reason = detail ? ` (${detail})` : "";
  return `The endpoint ${causeSentence(outcome, statusCode)} after ${formatDuration(totalMs)}${reason}. It stays disabled: correct the receiver or the settings, then try again.`;
}

export const probeNowAction = formAction("retry", endpointTarget, async ({ endpoint }, actor) => {
  const asked = await probeNow(actor.workspace.id, endpoint, actor.author);
  if (asked === "not_found") return GONE;
  revalidatePath(endpointPath(actor, endpoint));
  return done(asked === "asked" ? "The probe goes out now." : "Nothing to probe: its circuit is not open.");
});

function changed(result: StatusResult, actor: Actor, endpoint: string, message: string): FormState {
  if (result === "not_found") return GONE;
  revalidatePath(endpointPath(actor, endpoint));
  return result === "changed" ? done(message) : done("Somebody was faster: nothing had to be changed.");
}

export const deleteEndpointAction = formAction(
  "configure",
  endpointDeletion,
  async ({ endpoint, confirmation }, actor) => {
    const found = await findEndpoint(actor.workspace.id, endpoint);
    if (!found) return GONE;
    const name = endpointName(found);
    if (confirmation !== name) return invalid({ confirmation: [`Type ${name} to delete it`] });
    await deleteEndpoint(actor.workspace.id, endpoint, actor.author);
    redirect(listPath(actor));
  },
);

export const sendTestAction = formAction("send", testSend, async ({ endpoint, eventType }, actor) => {
  if (!(await findEndpoint(actor.workspace.id, endpoint))) return GONE;
  const sent = await sendTest(actor.workspace.id, eventType, [endpoint]);
  if (sent.result === "unknown_type") return invalid({ eventType: ["This event type does not exist any more"] });
  if (sent.result === "no_endpoint") return invalid({ _form: ["The endpoint is disabled: enable it first."] });
  if (sent.result === "refused") return invalid({ eventType: [sent.detail] });
  const [delivery = ""] = sent.deliveryIds;
  redirect(`/w/${actor.workspace.slug}/deliveries/${formatId("dlv", delivery)}`);
});
