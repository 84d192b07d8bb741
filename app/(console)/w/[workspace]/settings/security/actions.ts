"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { passwordChangeInput } from "@/lib/accounts/input.ts";
import { changePassword } from "@/lib/accounts/password-change.ts";
import { endSession, endSessions } from "@/lib/accounts/sessions.ts";
import { parseId } from "@/lib/ids.ts";
import { done, invalid, personAction } from "@/lib/web/action.ts";
import { callerOf } from "@/lib/web/caller.ts";
import { enter, tooMany } from "@/lib/web/enter.ts";
import { signedOut } from "./signed-out";

const inWorkspace = passwordChangeInput.extend({ workspace: z.string() });

export const changePasswordAction = personAction(inWorkspace, async ({ workspace, ...input }, user) => {
  const { address } = callerOf(await headers());
  const answer = await changePassword(user, input, address);
  if (answer.result === "wrong_password") return invalid({ currentPassword: ["This is not your password"] });
  if (answer.result === "throttled") return invalid({ _form: [tooMany(answer.minutes)] });
  // This browser gets a new session too: whoever has copied its cookie is out.
  await enter(user.email, input.password);
  redirect(`/w/${encodeURIComponent(workspace)}/settings/security?ended=${answer.endedSessions}`);
});

export const endSessionAction = personAction(z.object({ id: z.string() }), async ({ id }, user) => {
  const session = parseId("ses", id);
  const ended = session !== null && (await endSession(user.id, session));
  if (ended && session === user.sessionId) return redirect("/sign-in");
  revalidatePath("/w/[workspace]/settings/security", "page");
  return ended ? done("Session ended.") : invalid({ _form: ["This session has ended already."] });
});

export const endOtherSessionsAction = personAction(z.object({}), async (_input, user) => {
  const count = await endSessions(user.id, user.sessionId);
  revalidatePath("/w/[workspace]/settings/security", "page");
  return done(signedOut(count));
});
