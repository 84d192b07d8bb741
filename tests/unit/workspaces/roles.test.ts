import { expect, test } from "vitest";
import { slugOf } from "../../../lib/workspaces/commands.ts";
import {
  can,
  leastRoleFor,
  PERMISSION_WORDS,
  type Permission,
  ROLES,
  type Role,
} from "../../../lib/workspaces/roles.ts";

const TABLE: Record<Role, Permission[]> = {
  owner: ["read", "retry", "send", "share", "configure", "secrets", "keys", "team", "settings", "owners"],
  admin: ["read", "retry", "send", "share", "configure", "secrets", "keys", "team", "settings"],
  developer: ["read", "retry", "send", "share", "configure", "secrets", "keys"],
  support: ["read", "retry"],
  viewer: ["read"],
};

test.each(ROLES)("what the role %s may do is exactly this", (role) => {
  const permissions = Object.keys(PERMISSION_WORDS) as Permission[];
  expect(permissions.filter((permission) => can(role, permission))).toEqual(TABLE[role]);
});

test.each([
  ["read", "viewer"],
  ["retry", "support"],
  ["secrets", "developer"],
  ["team", "admin"],
  ["owners", "owner"],
] as const)("%s needs at least %s", (permission, role) => {
  expect(leastRoleFor(permission)).toBe(role);
});

test.each([
  ["Acme Production", "acme-production"],
  ["Zoë's  shop!", "zoe-s-shop"],
  ["--", "workspace"],
  ["北京", "workspace"],
  ["a".repeat(80), "a".repeat(40)],
])("the address of %j is %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
