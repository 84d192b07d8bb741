export const ROLES = ["owner", "admin", "developer", "support", "viewer"] as const;
export type Role = (typeof ROLES)[number];

const VIEWER = ["read"] as const;
const SUPPORT = [...VIEWER, "retry"] as const;
const DEVELOPER = [...SUPPORT, "send", "share", "configure", "secrets", "keys"] as const;
const ADMIN = [...DEVELOPER, "team", "settings"] as const;
const OWNER = [...ADMIN, "owners"] as const;

/**
 * What a person may do in a workspace. `read` any page · `retry` deliveries, replay events · `send` test events and
 * edited ones · `share` a delivery by a link · `configure` event types, endpoints and sources · `secrets` see and change them, of
 * endpoints and sources · `keys` API keys · `team` invite, change and remove members · `settings` of the workspace · `owners` make and
 * unmake owners, reset links.
 */
export type Permission = (typeof OWNER)[number];

/** The permissions as a person reads them, in the order of the role table. */
export const PERMISSION_WORDS = {
  read: "See events, deliveries and configuration",
  retry: "Retry deliveries, replay events",
  send: "Send test events, edit and replay events",
  share: "Share a delivery outside, by a link",
  configure: "Change event types, endpoints and sources",
  secrets: "See and change secrets of endpoints and sources",
  keys: "Make and revoke API keys",
  team: "Invite, change and remove members",
  settings: "Change workspace settings",
  owners: "Make and remove owners, make reset links",
} as const satisfies Record<Permission, string>;

const PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: OWNER,
  admin: ADMIN,
  developer: DEVELOPER,
  support: SUPPORT,
  viewer: VIEWER,
};

export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS[role];
}

export function can(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}

/** The least role that has a permission, for the sentence under a disabled control. */
export function leastRoleFor(permission: Permission): Role {
  return [...ROLES].reverse().find((role) => can(role, permission)) ?? "owner";
}
