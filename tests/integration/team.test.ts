import { expect, test } from "vitest";
import { listAuditEntries } from "../../lib/audit/queries.ts";
import { db } from "../../lib/db.ts";
import { createWorkspace, updateWorkspace } from "../../lib/workspaces/commands.ts";
import { changeRole, removeMember } from "../../lib/workspaces/members.ts";
import { findMember, findMembership, listMembers, listWorkspacesOf } from "../../lib/workspaces/queries.ts";
import type { Role } from "../../lib/workspaces/roles.ts";
import { testDatabase } from "../support/database.ts";
import { aPerson, aTeam, type Person } from "../support/people.ts";

await testDatabase();

const as = (person: Person, role: Role) => ({ role, author: person.author });

test("the last owner can neither leave nor stop being one", async () => {
  const { workspaceId, people } = await aTeam("owner", "admin");
  const owner = people[0]!;

  expect(await removeMember(workspaceId, owner.id, as(owner, "owner"))).toBe("last_owner");
  expect(await changeRole(workspaceId, owner.id, "viewer", as(owner, "owner"))).toBe("last_owner");

  expect(await listMembers(workspaceId)).toMatchObject([{ role: "owner" }, { role: "admin" }]);
});

test("of two owners who leave at the same moment one stays", async () => {
  const { workspaceId, people } = await aTeam("owner", "owner");

  const answers = await Promise.all(people.map((owner) => removeMember(workspaceId, owner.id, as(owner, "owner"))));

  expect(answers.sort()).toEqual(["changed", "last_owner"]);
  expect(await listMembers(workspaceId)).toMatchObject([{ role: "owner" }]);
});

test("an admin changes and removes others, but never an owner, and makes none", async () => {
  const { workspaceId, people } = await aTeam("owner", "owner", "admin", "viewer");
  const [owner, , adminPerson, viewer] = people as [Person, Person, Person, Person];
  const admin = as(adminPerson, "admin");

  expect(await changeRole(workspaceId, owner.id, "viewer", admin)).toBe("owners_only");
  expect(await removeMember(workspaceId, owner.id, admin)).toBe("owners_only");
  expect(await changeRole(workspaceId, viewer.id, "owner", admin)).toBe("owners_only");
  expect(await changeRole(workspaceId, viewer.id, "support", admin)).toBe("changed");
  expect(await removeMember(workspaceId, viewer.id, admin)).toBe("changed");

  const { rows } = await listAuditEntries(workspaceId, {}, {});
  expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
    ["member.removed", null],
    ["member.role_changed", { role: { from: "viewer", to: "support" } }],
  ]);
});

test("an owner hands the workspace over and leaves", async () => {
  const { workspaceId, slug, people } = await aTeam("owner", "viewer");
  const [owner, next] = people as [Person, Person];

  expect(await changeRole(workspaceId, next.id, "owner", as(owner, "owner"))).toBe("changed");
  expect(await removeMember(workspaceId, owner.id, as(owner, "owner"))).toBe("changed");

  expect(await findMembership(owner.id, slug)).toBeNull();
  expect(await findMembership(next.id, slug)).toMatchObject({ role: "owner" });
});

test("people of another workspace are not found, whoever asks", async () => {
  const mine = await aTeam("owner");
  const theirs = await aTeam("owner", "viewer");
  const me = as(mine.people[0]!, "owner");
  const target = theirs.people[1]!;

  expect(await changeRole(mine.workspaceId, target.id, "owner", me)).toBe("not_found");
  expect(await removeMember(mine.workspaceId, target.id, me)).toBe("not_found");
  expect(await findMember(mine.workspaceId, target.id)).toBeNull();
  expect(await findMembership(mine.people[0]!.id, theirs.slug)).toBeNull();
  expect(await listWorkspacesOf(target.id)).toMatchObject([{ slug: theirs.slug, role: "viewer" }]);
});

test("changing a workspace says what changed, and only a routing matter raises the routing version", async () => {
  const { workspaceId, slug, people } = await aTeam("owner");
  const version = async () => {
    const [row] = await db().execute<{ routing_version: string }>(
      `select routing_version from workspace where slug = '${slug}'`,
    );
    return Number(row!.routing_version);
  };
  const before = await version();

  const renamed = { name: "Shop", environment: "live", createsEventTypes: false } as const;
  await updateWorkspace(workspaceId, renamed, people[0]!.author);
  expect(await version()).toBe(before);
  await updateWorkspace(workspaceId, { ...renamed, createsEventTypes: true }, people[0]!.author);
  expect(await version()).toBe(before + 1);

  expect(await findMembership(people[0]!.id, slug)).toMatchObject({ workspace: { name: "Shop", environment: "live" } });
  const { rows } = await listAuditEntries(workspaceId, {}, {});
  expect(rows.map((row) => row.detail)).toEqual([
    { createsEventTypes: { from: false, to: true } },
    { name: { from: "Fieldnote", to: "Shop" }, environment: { from: "test", to: "live" } },
  ]);
});

test("workspaces of the same name get addresses of their own", async () => {
  const person = await aPerson();
  const make = () => db().transaction((tx) => createWorkspace(tx, person, { name: "Acme", slug: "Acme" }));
  expect([await make(), await make(), await make()]).toEqual(["acme", "acme-2", "acme-3"]);
});
