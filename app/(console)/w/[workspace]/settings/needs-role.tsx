import { leastRoleFor, type Permission } from "@/lib/workspaces/roles.ts";

/** Under a control that this person cannot use: which role could. */
export function NeedsRole({ permission, children }: { permission: Permission; children: string }) {
  return (
    <p className="text-fg-3 text-xs">
      {children} needs the role {leastRoleFor(permission)} or a higher one.
    </p>
  );
}
