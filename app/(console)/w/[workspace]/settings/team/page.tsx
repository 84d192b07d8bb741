import type { Metadata } from "next";
import { Section } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ActionForm } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireActor } from "@/lib/web/session.ts";
import { listInvitations } from "@/lib/workspaces/invitations.ts";
import { listMembers } from "@/lib/workspaces/queries.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { NeedsRole } from "../needs-role";
import { leaveAction } from "./actions";
import { InvitationTable } from "./invitation-table";
import { InviteForm } from "./invite-form";
import { MemberTable } from "./member-table";
import { RoleMatrix } from "./role-matrix";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace, role, user } = await requireActor((await params).workspace);
  const may = can(role, "team");
  const [members, invitations] = await Promise.all([
    listMembers(workspace.id),
    may ? listInvitations(workspace.id) : [],
  ]);

  return (
    <Page width="detail">
      <PageHeader title="Team" count={members.length} />
      <MemberTable members={members} workspace={workspace.slug} me={user.id} />
      {invitations.length > 0 && (
        <Section title="Open invitations">
          <InvitationTable invitations={invitations} workspace={workspace.slug} />
        </Section>
      )}
      <Section title="Invite">
        {may ? (
          <InviteForm workspace={workspace.slug} owner={can(role, "owners")} />
        ) : (
          <NeedsRole permission="team">Inviting people</NeedsRole>
        )}
      </Section>
      <Section title="What each role may do">
        <RoleMatrix mine={role} />
      </Section>
      <Section title="Leave">
        <ConfirmDialog
          trigger="Leave workspace…"
          title={`Leave ${workspace.name}?`}
          confirm={
            <ActionForm action={leaveAction} workspace={workspace.slug} feedback="toast">
              <SubmitButton variant="danger">Leave workspace</SubmitButton>
            </ActionForm>
          }
        >
          <p>You lose access at once. Only an invitation brings you back. Keys that you made go on working.</p>
        </ConfirmDialog>
      </Section>
    </Page>
  );
}
