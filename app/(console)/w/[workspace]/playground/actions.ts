"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { LintAnswer } from "@/components/playground/payload-field";
import { formatId } from "@/lib/ids.ts";
import { exampleOf } from "@/lib/playground/examples.ts";
import { exampleInput, lintInput, templateInput, templateTarget, trialInput } from "@/lib/playground/input.ts";
import { lintPayload } from "@/lib/playground/lint-payload.ts";
import { sendTrials } from "@/lib/playground/send-trials.ts";
import { deleteTemplate, keepTemplate } from "@/lib/playground/templates.ts";
import { done, type FormState, formAction, invalid, tried } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";

const pathOf = ({ workspace }: Actor) => `/w/${workspace.slug}/playground`;

const send = formAction("send", trialInput, async (input, actor) => {
  const sent = await sendTrials(actor.workspace, input, actor.author);
  if (sent.result === "refused") return invalid({ [sent.field]: [sent.why] });
  revalidatePath(pathOf(actor));
  redirect(`${pathOf(actor)}?sent=${sent.ids.map((id) => formatId("try", id)).join(",")}`);
});

const keep = formAction("send", templateInput, async (input, actor) => {
  const kept = await keepTemplate(actor.workspace.id, input, actor.user.id, actor.author);
  if (kept.result === "limit") return invalid({ templateName: [`A workspace has at most ${kept.limit} templates`] });
  revalidatePath(pathOf(actor));
  return tried({ kept: input.templateName });
});

const fill = formAction(
  "send",
  exampleInput,
  async ({ type, intent }, actor) => {
    const example = await exampleOf(actor.workspace.id, type, intent);
    return example.ok ? tried({ payload: example.text }) : invalid({ payload: [example.problem] });
  },
  { changes: false },
);

/** One form with several buttons: which one was pressed decides. */
export async function playgroundAction(previous: FormState, form: FormData): Promise<FormState> {
  const intent = form.get("intent");
  if (intent === "keep") return keep(previous, form);
  if (intent !== "example" && intent !== "random") return send(previous, form);
  const state = await fill(previous, form);
  const payload = state.status === "tried" ? state.data.payload : undefined;
  // It stands where the typed one stood.
  return state.status === "tried" && payload !== undefined ? { ...state, values: { ...state.values, payload } } : state;
}

export const deleteTemplateAction = formAction("send", templateTarget, async ({ template }, actor) => {
  const gone = await deleteTemplate(actor.workspace.id, template, actor.author);
  revalidatePath(pathOf(actor));
  return done(gone ? "Template deleted." : "Somebody was faster: it is gone already.");
});

const check = formAction("read", lintInput, async ({ type, payload }, actor) => {
  const problems = await lintPayload(actor.workspace.id, type, payload);
  return done("Checked", { problems: JSON.stringify(problems) });
});

/** What the event type's schema says of a payload, while it is typed. */
export async function lintAction(form: FormData): Promise<LintAnswer> {
  const state = await check({ status: "idle" }, form);
  return state.status === "done" ? JSON.parse(state.data?.problems ?? "[]") : [];
}
