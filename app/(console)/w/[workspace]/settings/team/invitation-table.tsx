import { Tag } from "@/components/ui/badge";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { InvitationRow } from "@/lib/workspaces/invitations.ts";
import { withdrawAction } from "./actions";

type InvitationTableProps = { invitations: InvitationRow[]; workspace: string };

export function InvitationTable({ invitations, workspace }: InvitationTableProps) {
  return (
    <Table label="Open invitations" framed>
      <thead>
        <tr>
          <Th lead>Email</Th>
          <Th className="w-28 max-md:hidden">Role</Th>
          <Th className="w-32 max-md:hidden">Works until</Th>
          <Th className="w-28">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => (
          <Tr key={invitation.id}>
            <Td lead className="py-1.5">
              <span className="block truncate font-medium">{invitation.email}</span>
              <span className="block truncate text-fg-3 text-xs">
                <span className="md:hidden">{invitation.role} </span>
                {invitation.invitedBy && `by ${invitation.invitedBy}`}
              </span>
            </Td>
            <Td className="max-md:hidden">
              <Tag>{invitation.role}</Tag>
            </Td>
            <Td className="max-md:hidden">
              <Time at={invitation.expiresAt} mode="day" />
            </Td>
            <Td end>
              <ActionForm action={withdrawAction} workspace={workspace} feedback="toast">
                <input type="hidden" name="id" value={formatId("inv", invitation.id)} />
                <SubmitButton
                  variant="secondary"
                  size="sm"
                  aria-label={`Withdraw the invitation of ${invitation.email}`}
                >
                  Withdraw
                </SubmitButton>
              </ActionForm>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
