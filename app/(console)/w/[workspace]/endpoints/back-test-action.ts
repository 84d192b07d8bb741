"use server";

import type { BackTestAnswer } from "@/components/endpoints/back-test";
import { backTest } from "@/lib/back-test/back-test.ts";
import { backTestForm, backTestFromForm } from "@/lib/back-test/input.ts";
import { done, formAction } from "@/lib/web/action.ts";

const tryOut = formAction(
  "configure",
  backTestForm,
  async (form, actor) => {
    const report = await backTest(actor.workspace.id, backTestFromForm(form));
    return done("Tried", { report: JSON.stringify(report) });
  },
  { changes: false },
);

/** Tries the endpoint's form on recent events. It is called with the form as it stands, which is not sent. */
export async function backTestAction(form: FormData): Promise<BackTestAnswer> {
  const state = await tryOut({ status: "idle" }, form);
  if (state.status === "done") return { ok: true, report: JSON.parse(state.data?.report ?? "null") };
  const problems = state.status === "invalid" ? Object.values(state.errors).flatMap((messages) => messages ?? []) : [];
  return { ok: false, problems };
}
