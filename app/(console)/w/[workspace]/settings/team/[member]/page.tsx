import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Section } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatId, parseId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";
import { findMember, type MemberRow } from "@/lib/workspaces/queries.ts";
import { can, type Role } from "@/lib/workspaces/roles.ts";
import { LinkToCopy } from "../../link-to-copy";
import { NeedsRole } from "../../needs-role";
import { changeRoleAction, makeResetLinkAction, removeMemberAction } from "../actions";
import { RoleSelect } from "../role-select";

type Props = { params: Promise<{ workspace: string; member: string }> };

export const metadata: Metadata = { title: "Member" };

export default async function MemberPage({ params }: Props) {
  const { workspace: slug, member: id } = await params;
  const { workspace, role } = await requireActor(slug);
  const userId = parseId("usr", id);
  const member = userId && (await findMember(workspace.id, userId));
  if (!member) notFound();
  const may = member.role === "owner" ? can(role, "owners") : can(role, "team");

  return (
    <Page width="form">
      <Link href={`/w/${slug}/settings/team`} className="link mt-4 inline-block text-sm">
        Team
      </Link>
      <PageHeader title={member.name} />
      <p className="text-fg-2 text-sm">{member.email}</p>
      {may ? (
        <Manage member={member} workspace={slug} owner={can(role, "owners")} />
      ) : (
        <div className="mt-6">
          <NeedsRole permission={member.role === "owner" ? "owners" : "team"}>Changing this member</NeedsRole>
        </div>
      )}
    </Page>
  );
}

type ManageProps = { member: MemberRow & { role: Role }; workspace: string; owner: boolean };

function Manage({ member, workspace, owner }: ManageProps) {
  const who = <input type="hidden" name="userId" value={formatId("usr", member.userId)} />;
  return (
    <>
      <Section title="Role">
        <ActionForm
          action={changeRoleAction}
          workspace={workspace}
          className="flex max-w-100 flex-wrap items-end gap-3"
        >
          {who}
          <Field name="role" label="Role" className="min-w-40 flex-1">
            <RoleSelect defaultValue={member.role} owner={owner} />
          </Field>
          <SubmitButton variant="secondary">Save role</SubmitButton>
        </ActionForm>
      </Section>
      <Section title="Password">
        {owner ? (
          <ActionForm action={makeResetLinkAction} workspace={workspace}>
            {who}
            <p className="mb-3 max-w-160 text-fg-2 text-sm">
              For somebody who cannot sign in. Whoever opens the link sets a new password, so give it to nobody else.
            </p>
            <SubmitButton variant="secondary">Make reset link</SubmitButton>
            <LinkToCopy hint="It works once and is not shown again." />
          </ActionForm>
        ) : (
          <NeedsRole permission="owners">Making a reset link</NeedsRole>
        )}
      </Section>
      <Section title="Remove">
        <ConfirmDialog
          trigger="Remove from workspace…"
          title={`Remove ${member.name}?`}
          confirm={
            <ActionForm action={removeMemberAction} workspace={workspace} feedback="toast">
              {who}
              <SubmitButton variant="danger">Remove member</SubmitButton>
            </ActionForm>
          }
        >
          <p>
            They lose access to this workspace at once; their account stays. Keys that they made go on working: revoke
            those under API keys.
          </p>
        </ConfirmDialog>
      </Section>
    </>
  );
}
