"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { formatCount, formatNumber } from "@/components/ui/format";
import { removeGapCheck, runGapCheckNow, saveGapCheck } from "@/lib/gap-check/commands.ts";
import { gapCheckInput, gapCheckTarget, recoveryInput } from "@/lib/gap-check/input.ts";
import { type RecoverResult, recoverMissing } from "@/lib/gap-check/recover.ts";
import { formatId } from "@/lib/ids.ts";
import { done, type FormState, formAction, invalid } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";

const pagePath = ({ workspace }: Actor, id: string) => `/w/${workspace.slug}/sources/${formatId("src", id)}/gap-check`;
const GONE = invalid({ _form: ["This source, or its gap check, does not exist any more."] });

export const saveGapCheckAction = formAction("configure", gapCheckInput, async (input, actor) => {
  const saved = await saveGapCheck(actor.workspace.id, input, actor.author);
  if (saved.result === "not_found") return GONE;
  if (saved.result === "unsupported") return invalid({ _form: ["This provider has no API that tells what it sent."] });
  if (saved.result === "refused") return invalid({ [saved.field]: [saved.message] });
  redirect(pagePath(actor, input.source));
});

export const removeGapCheckAction = formAction("configure", gapCheckTarget, async ({ source }, actor) => {
  if (!(await removeGapCheck(actor.workspace.id, source, actor.author))) return GONE;
  redirect(pagePath(actor, source));
});

export const runGapCheckAction = formAction("retry", gapCheckTarget, async ({ source }, actor) => {
  if (!(await runGapCheckNow(actor.workspace.id, source, actor.author))) return GONE;
  revalidatePath(pagePath(actor, source));
  return done("The check begins within seconds.");
});

export const recoverMissingAction = formAction("retry", recoveryInput, async ({ source, ids }, actor) => {
  const recovered = await recoverMissing(actor.workspace.id, source, ids, actor.author);
  if (recovered.result === "not_found") return GONE;
  revalidatePath(pagePath(actor, source));
  return told(recovered);
});

function told({ how, done: count, left, problem }: Exclude<RecoverResult, { result: "not_found" }>): FormState {
  if (problem && count === 0) return invalid({ _form: [`${problem}.`] });
  if (count === 0) return done("Nothing is missing any more.");
  const what =
    how === "import"
      ? `Imported ${formatCount(count, "event")}.`
      : `Asked for ${formatCount(count, "delivery", "deliveries")}.`;
  return done(problem ? `${what} ${formatNumber(left)} left: ${problem}.` : what);
}
