import type { Metadata } from "next";
import { z } from "zod";
import { Section } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Page, PageHeader } from "@/components/ui/page";
import { SubmitButton } from "@/components/ui/submit-button";
import { MIN_PASSWORD_LENGTH } from "@/lib/accounts/password-length.ts";
import { listSessions } from "@/lib/accounts/sessions.ts";
import { requireActor, requireUser } from "@/lib/web/session.ts";
import { changePasswordAction, endOtherSessionsAction } from "./actions";
import { SessionTable } from "./session-table";
import { signedOut } from "./signed-out";

export const metadata: Metadata = { title: "Security" };

/** How many other sessions the change of password that led here has ended. */
const search = z.object({ ended: z.coerce.number().int().min(0).optional().catch(undefined) });

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<unknown> };

export default async function SecurityPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const { ended } = search.parse(await searchParams);
  const { id, email, sessionId } = await requireUser();
  const sessions = await listSessions(id);

  return (
    <Page width="form">
      <PageHeader title="Security" />
      <p className="text-fg-2 text-sm">
        Your own account, <strong className="font-medium text-fg">{email}</strong>, in every workspace.
      </p>
      <Section
        title="Sessions"
        actions={
          sessions.length > 1 && (
            <ActionForm action={endOtherSessionsAction} feedback="toast">
              <SubmitButton variant="secondary" size="sm">
                Sign out everywhere else
              </SubmitButton>
            </ActionForm>
          )
        }
      >
        <SessionTable sessions={sessions} current={sessionId} />
      </Section>
      <Section title="Password">
        {ended !== undefined && (
          <p role="status" className="mb-4 text-sm">
            Password changed. {signedOut(ended)}
          </p>
        )}
        <ActionForm action={changePasswordAction} workspace={workspace.slug} className="max-w-90">
          <div className="grid gap-4">
            <input type="text" autoComplete="username" value={email} readOnly hidden />
            <Field name="currentPassword" label="Current password">
              <Input type="password" autoComplete="current-password" required />
            </Field>
            <Field name="password" label="New password" hint={`At least ${MIN_PASSWORD_LENGTH} characters`}>
              <Input type="password" autoComplete="new-password" required />
            </Field>
            <SubmitButton className="w-fit">Change password</SubmitButton>
          </div>
        </ActionForm>
      </Section>
    </Page>
  );
}
