"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { formatId } from "@/lib/ids.ts";
import { overlapSecondsOf, secretAddition, secretEnd, sourceTarget } from "@/lib/sources/forms.ts";
import { addSourceSecret, endSourceSecret, revealSourceSecrets } from "@/lib/sources/secrets.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

const GONE = invalid({ _form: ["This source does not exist any more."] });

/** The one answer that carries secrets: to the person who asked, in the response to that request alone, and on record. */
export const revealSourceSecretsAction = formAction("secrets", sourceTarget, async ({ source }, actor) => {
  const secrets = await revealSourceSecrets(actor.workspace.id, source, actor.author);
  if (!secrets) return GONE;
  const byId = Object.fromEntries(secrets.map(({ id, secret }) => [id, secret]));
  return done("Shown, and written to the audit log.", byId);
});

export const addSourceSecretAction = formAction("secrets", secretAddition, async ({ source, ...form }, actor) => {
  const overlapSeconds = overlapSecondsOf(form.overlap);
  const added = await addSourceSecret(
    actor.workspace.id,
    source,
    { secret: form.secret, overlapSeconds },
    actor.author,
  );
  if (added.result === "not_found") return GONE;
  if (added.result === "refused") return invalid({ secret: [added.message] });
  if (added.result === "known") return invalid({ secret: ["The source has this secret already"] });
  if (added.result === "limit")
    return invalid({ _form: [`A source has at most ${added.limit} secrets: end one first.`] });
  revalidatePath(`/w/${actor.workspace.slug}/sources/${formatId("src", source)}`, "layout");
  return done("Added. It proves requests from now on.");
});

export const endSourceSecretAction = formAction("secrets", secretEnd, async ({ source, ...end }, actor) => {
  if (!(await endSourceSecret(actor.workspace.id, source, end, actor.author))) {
    return invalid({ _form: ["This secret has ended already."] });
  }
  redirect(`/w/${actor.workspace.slug}/sources/${formatId("src", source)}/edit#secrets`);
});
