import { Check } from "lucide-react";
import { ICON_14 } from "@/components/ui/icon-size";
import { None, Table, Td, Th, Tr } from "@/components/ui/table";
import { can, PERMISSION_WORDS, type Permission, ROLES, type Role } from "@/lib/workspaces/roles.ts";

export function RoleMatrix({ mine }: { mine: Role }) {
  return (
    <Table label="What each role may do" framed minWidth={680}>
      <thead>
        <tr>
          <Th lead>May</Th>
          {ROLES.map((role) => (
            <Th key={role} className="w-24">
              {role}
              {role === mine && <span className="font-normal text-fg-3"> (you)</span>}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(Object.keys(PERMISSION_WORDS) as Permission[]).map((permission) => (
          <Tr key={permission}>
            <Td lead className="whitespace-normal py-1.5">
              {PERMISSION_WORDS[permission]}
            </Td>
            {ROLES.map((role) => (
              <Td key={role}>{can(role, permission) ? <Yes /> : <None />}</Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Yes() {
  return (
    <>
      <Check {...ICON_14} className="inline" />
      <span className="sr-only">yes</span>
    </>
  );
}
