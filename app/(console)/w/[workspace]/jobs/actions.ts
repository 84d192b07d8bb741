"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { continueJob, MOST_UNDER_WAY, startJob, stopJob } from "@/lib/bulk-jobs/commands.ts";
import { jobForm, jobTarget } from "@/lib/bulk-jobs/input.ts";
import { formatId } from "@/lib/ids.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";
import { readRequest } from "./request";

const TOO_MANY = `${MOST_UNDER_WAY} jobs are under way already. Wait for one of them, or stop one.`;

export const startJobAction = formAction("retry", jobForm, async ({ job, query, pace, ...options }, actor) => {
  const { workspace, author } = actor;
  const params = new URLSearchParams(query);
  const asked = Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)]));
  const { kind, scope, sentence } = await readRequest(workspace.id, asked, new Date());
  const started = await startJob(
    workspace.id,
    { id: job, kind, sentence, pace: pace ?? null, scope: { ...scope, ...options } },
    author,
  );
  if (started === "too_many") return invalid({ _form: [TOO_MANY] });
  if (started === "taken") return invalid({ _form: ["This form is of another workspace. Open it anew."] });
  revalidatePath(`/w/${workspace.slug}`, "layout");
  redirect(`/w/${workspace.slug}/jobs/${formatId("job", job)}`);
});

const GONE = invalid({ _form: ["This job does not exist any more."] });

export const stopJobAction = formAction("retry", jobTarget, async ({ job }, { workspace, author }) => {
  const result = await stopJob(workspace.id, job, author);
  if (result === "not_found") return GONE;
  revalidatePath(`/w/${workspace.slug}`, "layout");
  return result === "stopped" ? done("Stopped") : invalid({ _form: ["It is over already."] });
});

export const continueJobAction = formAction("retry", jobTarget, async ({ job }, { workspace, author }) => {
  const result = await continueJob(workspace.id, job, author);
  if (result === "not_found") return GONE;
  if (result === "too_many") return invalid({ _form: [TOO_MANY] });
  revalidatePath(`/w/${workspace.slug}`, "layout");
  return result === "continued" ? done("Going on") : invalid({ _form: ["It is not stopped."] });
});
