import { Tag } from "@/components/ui/badge";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { MemberRow } from "@/lib/workspaces/queries.ts";

type MemberTableProps = { members: MemberRow[]; workspace: string; me: string };

export function MemberTable({ members, workspace, me }: MemberTableProps) {
  return (
    <Table label="Members" framed>
      <thead>
        <tr>
          <Th lead>Person</Th>
          <Th className="w-28">Role</Th>
          <Th className="w-32 max-md:hidden">Member since</Th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <Tr key={member.userId}>
            <Td lead className="py-1.5">
              <RowLink
                href={`/w/${workspace}/settings/team/${formatId("usr", member.userId)}`}
                className="block truncate font-medium"
              >
                {member.name}
                {member.userId === me && <span className="font-normal text-fg-3"> (you)</span>}
              </RowLink>
              <span className="block truncate text-fg-3 text-xs">{member.email}</span>
            </Td>
            <Td>
              <Tag>{member.role}</Tag>
            </Td>
            <Td className="max-md:hidden">
              <Time at={member.since} mode="day" />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
