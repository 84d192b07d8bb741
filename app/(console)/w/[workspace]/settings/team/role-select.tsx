import { Select } from "@/components/ui/input";
import { ROLES, type Role } from "@/lib/workspaces/roles.ts";

type RoleSelectProps = { defaultValue: Role /** Whether this person may hand out the role owner. */; owner: boolean };

export function RoleSelect({ defaultValue, owner }: RoleSelectProps) {
  return (
    <Select defaultValue={defaultValue}>
      {ROLES.filter((role) => owner || role !== "owner").map((role) => (
        <option key={role} value={role}>
          {role.charAt(0).toUpperCase() + role.slice(1)}
        </option>
      ))}
    </Select>
  );
}
