"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { invitationInput } from "@/lib/accounts/input.ts";
import { makeResetLink, resetUrl } from "@/lib/accounts/password-reset.ts";
import { publicUrl } from "@/lib/env.ts";
import { parseId } from "@/lib/ids.ts";
import { done, type FormState, formAction, invalid } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";
import { memberRoleInput } from "@/lib/workspaces/input.ts";
import { invite, withdrawInvitation } from "@/lib/workspaces/invitations.ts";
import { changeRole, removeMember, type TeamChange } from "@/lib/workspaces/members.ts";

const PROBLEMS = {
  not_found: "This person is not a member any more.",
  last_owner: "A workspace needs an owner. Make somebody else an owner first.",
  owners_only: "Only owners can make, change and remove owners.",
} satisfies Record<Exclude<TeamChange, "changed">, string>;

function teamPath({ workspace }: Actor): string {
  return `/w/${workspace.slug}/settings/team`;
}

function told(change: TeamChange, message: string): FormState {
  return change === "changed" ? done(message) : invalid({ _form: [PROBLEMS[change]] });
}

export const inviteAction = formAction("team", invitationInput, async (input, actor) => {
  const answer = await invite(actor.workspace.id, input, actor);
  if (answer.result === "member_already") return invalid({ email: ["This person is a member already"] });
  if (answer.result !== "invited") return invalid({ role: [PROBLEMS.owners_only] });
  revalidatePath(teamPath(actor));
  return done(`Invitation made for ${input.email}.`, { link: `${publicUrl()}/invite/${answer.token}` });
});

export const withdrawAction = formAction("team", z.object({ id: z.string() }), async ({ id }, actor) => {
  const invitation = parseId("inv", id);
  const gone = invitation !== null && (await withdrawInvitation(actor.workspace.id, invitation, actor));
  revalidatePath(teamPath(actor));
  return gone
    ? done("Invitation withdrawn. Its link does not work any more.")
    : invalid({ _form: ["This invitation is not open any more."] });
});

export const changeRoleAction = formAction("team", memberRoleInput, async ({ userId, role }, actor) => {
  const id = parseId("usr", userId);
  const change = id ? await changeRole(actor.workspace.id, id, role, actor) : "not_found";
  revalidatePath(teamPath(actor), "layout");
  return told(change, "Saved.");
});

const member = z.object({ userId: z.string() });

export const removeMemberAction = formAction("team", member, async ({ userId }, actor) => {
  const id = parseId("usr", userId);
  const change = id ? await removeMember(actor.workspace.id, id, actor) : "not_found";
  return change === "changed" ? redirect(id === actor.user.id ? "/" : teamPath(actor)) : told(change, "");
});

/** Anybody may leave, whatever their role. */
export const leaveAction = formAction("read", z.object({}), async (_input, actor) => {
  const change = await removeMember(actor.workspace.id, actor.user.id, actor);
  return change === "changed" ? redirect("/") : told(change, "");
});

export const makeResetLinkAction = formAction("owners", member, async ({ userId }, actor) => {
  const id = parseId("usr", userId);
  const answer = id ? await makeResetLink(actor.workspace.id, id, actor) : { result: "not_found" as const };
  if (answer.result === "made")
    return done("Reset link made. It works once, for 24 hours.", { link: resetUrl(answer.token) });
  if (answer.result === "not_found") return invalid({ _form: [PROBLEMS.not_found] });
  return invalid({
    _form: [
      "This person belongs to a workspace that you do not own. Whoever holds a reset link could get in there, too.",
    ],
  });
});
