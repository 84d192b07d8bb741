"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { joinAsExistingPerson, joinAsNewPerson } from "@/lib/accounts/accept-invitation.ts";
import { joinInput, passwordResetInput, signInInput, signUpInput } from "@/lib/accounts/input.ts";
import { resetPassword } from "@/lib/accounts/password-reset.ts";
import { signUp } from "@/lib/accounts/sign-up.ts";
import { invalid, personAction, publicAction } from "@/lib/web/action.ts";
import { callerOf } from "@/lib/web/caller.ts";
import { enter, tooMany } from "@/lib/web/enter.ts";
import { safePath } from "@/lib/web/safe-path.ts";

export const signInAction = publicAction(
  signInInput.extend({ next: z.string().optional() }),
  async ({ email, password, next }) => {
    const problem = await enter(email, password);
    return problem ? invalid({ _form: [problem] }) : redirect(safePath(next));
  },
);

export const signUpAction = publicAction(signUpInput, async (input) => {
  const { address } = callerOf(await headers());
  const answer = await signUp(input, address);
  switch (answer.result) {
    case "signed_up":
      await enter(input.email, input.password);
      return redirect(`/w/${answer.workspace}/get-started`);
    case "email_taken":
      return invalid({ email: ["There is an account with this address. Sign in instead."] });
    case "wrong_set_up_token":
      return invalid({ setUpToken: ["This is not the set-up token that was printed at the start"] });
    case "throttled":
      return invalid({ _form: [tooMany(answer.minutes)] });
    case "closed":
      return invalid({ _form: ["Somebody has signed up before you. New people join by invitation."] });
  }
});

const LINK_GONE = "This link has been used, withdrawn or is too old. Ask for a new one.";
const OTHER_PERSON = "This invitation is for another email address. Sign in with that one to accept it.";

export const joinAction = publicAction(joinInput, async (input) => {
  const answer = await joinAsNewPerson(input);
  if (answer.result === "account_exists") return redirect(`/invite/${encodeURIComponent(input.token)}`);
  if (answer.result !== "joined") return invalid({ _form: [LINK_GONE] });
  await enter(answer.email, input.password);
  return redirect(`/w/${answer.workspace}`);
});

export const acceptAction = personAction(z.object({ token: z.string().max(100) }), async ({ token }, user) => {
  const answer = await joinAsExistingPerson(token, user.id);
  if (answer.result === "joined") return redirect(`/w/${answer.workspace}`);
  return invalid({ _form: [answer.result === "other_person" ? OTHER_PERSON : LINK_GONE] });
});

export const resetPasswordAction = publicAction(passwordResetInput, async ({ token, password }) => {
  const person = await resetPassword(token, password);
  if (!person) return invalid({ _form: [LINK_GONE] });
  await enter(person.email, password);
  return redirect("/");
});
