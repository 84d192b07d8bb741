"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { formatId } from "@/lib/ids.ts";
import { outsideId } from "@/lib/replay/input.ts";
import { acceptAnyway, type OneAgain, processAgain, reverify } from "@/lib/sources/accept-again.ts";
import { againWords } from "@/lib/sources/again-words.ts";
import { overlapSecondsOf, secretAddition, sourceTarget } from "@/lib/sources/forms.ts";
import { reverifySource } from "@/lib/sources/reverification.ts";
import { addSourceSecret } from "@/lib/sources/secrets.ts";
import { done, type FormState, formAction, invalid } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";

const requestTarget = z.object({ ...sourceTarget.shape, request: outsideId("req", "a request") });
const GONE = invalid({ _form: ["This source does not exist any more."] });

/** A further secret, and at once everything that it may prove. */
export const addSecretAndReverifyAction = formAction("secrets", secretAddition, async ({ source, ...form }, actor) => {
  const addition = { secret: form.secret, overlapSeconds: overlapSecondsOf(form.overlap) };
  const added = await addSourceSecret(actor.workspace.id, source, addition, actor.author);
  if (added.result === "not_found") return GONE;
  if (added.result === "refused") return invalid({ secret: [added.message] });
  if (added.result === "known") return invalid({ secret: ["The source has this secret already"] });
  if (added.result === "limit")
    return invalid({ _form: [`A source has at most ${added.limit} secrets: end one first.`] });
  return reverifyAllOf(source, actor);
});

export const reverifySourceAction = formAction("retry", sourceTarget, ({ source }, actor) =>
  reverifyAllOf(source, actor),
);

export const reverifyRequestAction = formAction("retry", requestTarget, async ({ request, source }, actor) => {
  const again = await reverify(actor.workspace.id, actor.author, [request]);
  showAgain(source, actor);
  if (again.failed > 0) return invalid({ _form: ["It could not be stored. Try again."] });
  if (again.accepted + again.duplicates > 0) return done("It verified, and went on.");
  return invalid({ _form: ["It still does not verify: see above what is known about it."] });
});

export const acceptAnywayAction = formAction("configure", requestTarget, async ({ request, source }, actor) => {
  const accepted = await acceptAnyway(actor.workspace.id, actor.author, request);
  return afterOne(accepted, "Accepted. It goes on as an event.", source, actor);
});

export const processAgainAction = formAction("retry", requestTarget, async ({ request, source }, actor) => {
  const accepted = await processAgain(actor.workspace.id, actor.author, request);
  return afterOne(accepted, "It is an event of its own now.", source, actor);
});

async function reverifyAllOf(source: string, actor: Actor): Promise<FormState> {
  const again = await reverifySource(actor.workspace.id, actor.author, source);
  showAgain(source, actor);
  if (again.result === "not_found") return GONE;
  if (again.result === "nothing") return done("Nothing is left in quarantine.");
  return again.result === "done" ? done(againWords(again)) : done("Under way: they are verified in order of arrival.");
}

function afterOne(result: OneAgain, message: string, source: string, actor: Actor): FormState {
  showAgain(source, actor);
  if (result === "failed") return invalid({ _form: ["It could not be stored. Try again."] });
  if (result === "not_found") return invalid({ _form: ["Somebody has dealt with it already."] });
  return done(result === "accepted" ? message : "An earlier request with the same ID is an event already.");
}

function showAgain(source: string, { workspace }: Actor): void {
  revalidatePath(`/w/${workspace.slug}/sources/${formatId("src", source)}`, "layout");
}
