import type { Metadata } from "next";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { findReset } from "@/lib/accounts/password-reset.ts";
import { resetPasswordAction } from "../../actions";
import { LinkGone } from "../../link-gone";
import { NewPasswordField } from "../../new-password-field";

export const metadata: Metadata = { title: "New password" };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const reset = await findReset(token);
  if (!reset) return <LinkGone noun="reset link" from="an owner of your workspace" />;

  return (
    <>
      <h1 className="text-xl">Set a new password</h1>
      <p className="mt-1 mb-5 text-fg-2 text-sm">
        For <strong className="font-medium text-fg">{reset.email}</strong>. It signs you out everywhere else.
      </p>
      <ActionForm action={resetPasswordAction}>
        <div className="grid gap-4">
          <input type="hidden" name="token" value={token} />
          {/* For password managers, which file the new password under it. */}
          <input type="text" autoComplete="username" value={reset.email} readOnly hidden />
          <NewPasswordField label="New password" />
          <SubmitButton className="mt-1 w-full">Set password</SubmitButton>
        </div>
      </ActionForm>
    </>
  );
}
