import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { currentUser } from "@/lib/web/session.ts";
import { findInvitation, type OpenInvitation } from "@/lib/workspaces/invitations.ts";
import { acceptAction, joinAction } from "../../actions";
import { LinkGone } from "../../link-gone";
import { NewPasswordField } from "../../new-password-field";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invitation, user] = await Promise.all([findInvitation(token), currentUser()]);
  if (!invitation) return <LinkGone noun="invitation" from="the person who invited you" />;

  return (
    <>
      <h1 className="text-xl">Join {invitation.workspace.name}</h1>
      <p className="mt-1 mb-5 text-fg-2 text-sm">
        <strong className="font-medium text-fg">{invitation.email}</strong> is invited as {invitation.role}.
      </p>
      <NextStep token={token} invitation={invitation} signedInAs={user?.email ?? null} />
    </>
  );
}

type NextStepProps = { token: string; invitation: OpenInvitation; signedInAs: string | null };

/** New people make an account, known ones sign in, and who is signed in accepts. */
function NextStep({ token, invitation, signedInAs }: NextStepProps) {
  const hidden = <input type="hidden" name="token" value={token} />;
  if (signedInAs === invitation.email) {
    return (
      <ActionForm action={acceptAction}>
        {hidden}
        <SubmitButton className="w-full">Accept invitation</SubmitButton>
      </ActionForm>
    );
  }
  if (signedInAs !== null) {
    return (
      <p className="text-fg-2">
        You are signed in as {signedInAs}. Sign out there, then open this link again to join as {invitation.email}.
      </p>
    );
  }
  if (invitation.userId !== null) {
    return (
      <LinkButton variant="primary" className="w-full" href={`/sign-in?next=/invite/${encodeURIComponent(token)}`}>
        Sign in to accept
      </LinkButton>
    );
  }
  return (
    <ActionForm action={joinAction}>
      <div className="grid gap-4">
        {hidden}
        <Field name="name" label="Name">
          <Input autoComplete="name" required />
        </Field>
        <NewPasswordField />
        <SubmitButton className="mt-1 w-full">Create account and join</SubmitButton>
      </div>
    </ActionForm>
  );
}
