"use server";

import { redirect } from "next/navigation";
import { endpointTarget, secretRotation } from "@/lib/endpoints/forms.ts";
import { endOldSecrets, revealSecret, rotateSecret } from "@/lib/endpoints/secrets.ts";
import { formatId } from "@/lib/ids.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

const GONE = invalid({ _form: ["This endpoint does not exist any more."] });

/** The one answer that carries a secret: to the person who asked, in the response to that request alone, and on record. */
export const revealSecretAction = formAction("secrets", endpointTarget, async ({ endpoint }, actor) => {
  const revealed = await revealSecret(actor.workspace.id, endpoint, actor.author);
  if (!revealed) return GONE;
  const old = Object.fromEntries(revealed.previous.map(({ id, secret }) => [id, secret]));
  return done("Shown, and written to the audit log.", { current: revealed.secret, ...old });
});

export const rotateSecretAction = formAction("secrets", secretRotation, async ({ endpoint, overlapSeconds }, actor) => {
  const rotated = await rotateSecret(actor.workspace.id, endpoint, { overlapSeconds }, actor.author);
  if (!rotated) return GONE;
  redirect(`/w/${actor.workspace.slug}/endpoints/${formatId("ep", endpoint)}#secret`);
});

export const endOldSecretsAction = formAction("secrets", endpointTarget, async ({ endpoint }, actor) => {
  const ended = await endOldSecrets(actor.workspace.id, endpoint, actor.author);
  if (ended === null) return GONE;
  redirect(`/w/${actor.workspace.slug}/endpoints/${formatId("ep", endpoint)}#secret`);
});
