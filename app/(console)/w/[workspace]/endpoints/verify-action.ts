"use server";

import { type VerificationView, verificationView } from "@/components/endpoints/verification-view";
import type { VerifyAnswer } from "@/components/endpoints/verify-url";
import { verifyInput } from "@/lib/playground/input.ts";
import { verifyEndpoint } from "@/lib/playground/verify-endpoint.ts";
import { type FormState, formAction, invalid, tried } from "@/lib/web/action.ts";

const verify = formAction("configure", verifyInput, async (input, { workspace, author }) => {
  const verified = await verifyEndpoint(workspace, input, author);
  if (verified.result === "not_found") return invalid({ _form: ["This endpoint does not exist any more."] });
  if (verified.result === "busy") return invalid({ url: [verified.why] });
  if (verified.result === "refused") return invalid({ [verified.field.split(".")[0] ?? "url"]: [verified.message] });
  return tried({ verification: JSON.stringify(verificationView(verified.verification)) });
});

/** Verifies the endpoint that the form describes. It is called with the form as it stands, which is not sent. */
export async function verifyAction(form: FormData): Promise<VerifyAnswer> {
  const state = await verify({ status: "idle" }, form);
  if (state.status === "tried")
    return { ok: true, view: JSON.parse(state.data.verification ?? "") as VerificationView };
  const problems = state.status === "invalid" ? Object.values(state.errors).flatMap((messages) => messages ?? []) : [];
  return { ok: false, problems };
}

/** The same for a browser without JavaScript, which sends the whole form by its second button. */
export async function verifyByForm(previous: FormState, form: FormData): Promise<FormState> {
  return verify(previous, form);
}
