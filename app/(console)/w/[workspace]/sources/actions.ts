"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { formatId } from "@/lib/ids.ts";
import {
  createSource,
  deleteSource,
  disableSource,
  enableSource,
  pauseSource,
  resumeSource,
  rotateToken,
  type StatusResult,
  updateSource,
} from "@/lib/sources/commands.ts";
import {
  changedSourceFrom,
  formNameOf,
  newSourceFrom,
  sourceDeletion,
  sourceEdit,
  sourceForm,
  sourceTarget,
} from "@/lib/sources/forms.ts";
import { findSource } from "@/lib/sources/queries.ts";
import { done, type FormErrors, type FormState, formAction, invalid } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";

const listPath = ({ workspace }: Actor) => `/w/${workspace.slug}/sources`;
const sourcePath = (actor: Actor, id: string) => `${listPath(actor)}/${formatId("src", id)}`;
const GONE = invalid({ _form: ["This source does not exist any more."] });

export const createSourceAction = formAction("configure", sourceForm, async (form, actor) => {
  const input = newSourceFrom(form);
  if (!input.success) return misread(input.error);
  const created = await createSource(actor.workspace.id, input.data, actor.author);
  if (created.result === "limit") return invalid({ _form: [`A workspace has at most ${created.limit} sources.`] });
  if (created.result === "refused") return invalid({ [formNameOf(created.field)]: [created.message] });
  redirect(`${sourcePath(actor, created.id)}/set-up`);
});

export const updateSourceAction = formAction("configure", sourceEdit, async ({ source, ...form }, actor) => {
  const before = await findSource(actor.workspace.id, source);
  if (!before) return GONE;
  const patch = changedSourceFrom(before.provider, form);
  if (!patch.success) return misread(patch.error);
  const updated = await updateSource(actor.workspace.id, source, patch.data, actor.author);
  if (updated.result === "not_found") return GONE;
  if (updated.result === "refused") return invalid({ [formNameOf(updated.field)]: [updated.message] });
  redirect(sourcePath(actor, source));
});

/** What the source's own schema says, at the form's fields. */
function misread({ issues }: z.ZodError): FormState {
  const errors: FormErrors = {};
  for (const { path, message } of issues) {
    const name = formNameOf(path.map(String).join("."));
    errors[name] = [...(errors[name] ?? []), message];
  }
  return invalid(errors);
}

export const pauseSourceAction = formAction("configure", sourceTarget, async ({ source }, actor) => {
  const paused = await pauseSource(actor.workspace.id, source, actor.author);
  return changed(paused, actor, source, "Paused. Callers are asked to try again later, until you resume.");
});

export const resumeSourceAction = formAction("configure", sourceTarget, async ({ source }, actor) => {
  const resumed = await resumeSource(actor.workspace.id, source, actor.author);
  return changed(resumed, actor, source, "Resumed. Requests are taken again.");
});

export const disableSourceAction = formAction("configure", sourceTarget, async ({ source }, actor) => {
  const disabled = await disableSource(actor.workspace.id, source, actor.author);
  if (disabled === "not_found") return GONE;
  redirect(`${sourcePath(actor, source)}/edit`);
});

export const enableSourceAction = formAction("configure", sourceTarget, async ({ source }, actor) => {
  const enabled = await enableSource(actor.workspace.id, source, actor.author);
  return changed(enabled, actor, source, "Enabled. Requests are taken again.");
});

function changed(result: StatusResult, actor: Actor, source: string, message: string): FormState {
  if (result === "not_found") return GONE;
  revalidatePath(sourcePath(actor, source), "layout");
  return result === "changed" ? done(message) : done("Somebody was faster: nothing had to be changed.");
}

export const rotateUrlAction = formAction("secrets", sourceTarget, async ({ source }, actor) => {
  const token = await rotateToken(actor.workspace.id, source, actor.author);
  if (token === null) return GONE;
  redirect(`${sourcePath(actor, source)}/set-up`);
});

export const deleteSourceAction = formAction("configure", sourceDeletion, async ({ source, confirmation }, actor) => {
  const found = await findSource(actor.workspace.id, source);
  if (!found) return GONE;
  if (confirmation !== found.name) return invalid({ confirmation: [`Type ${found.name} to delete it`] });
  await deleteSource(actor.workspace.id, source, actor.author);
  redirect(listPath(actor));
});
