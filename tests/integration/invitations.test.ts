import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { invitation } from "../../drizzle/schema/people.ts";
import { joinAsExistingPerson, joinAsNewPerson } from "../../lib/accounts/accept-invitation.ts";
import { db } from "../../lib/db.ts";
import { findInvitation, invite, listInvitations, withdrawInvitation } from "../../lib/workspaces/invitations.ts";
import { findMembership, listMembers } from "../../lib/workspaces/queries.ts";
import type { Role } from "../../lib/workspaces/roles.ts";
import { testDatabase } from "../support/database.ts";
import { aPerson, aTeam, PASSWORD } from "../support/people.ts";

await testDatabase();

async function invited(email: string, role: Role = "support") {
  const { workspaceId, slug, people } = await aTeam("owner");
  const owner = { role: "owner", author: people[0]!.author } as const;
  const answer = await invite(workspaceId, { email, role }, owner);
  if (answer.result !== "invited") throw new Error(answer.result);
  return { workspaceId, slug, owner, token: answer.token };
}

test("an invitation lets one new person in, with the role it names", async () => {
  const { workspaceId, slug, token } = await invited("tom@example.com");

  const answer = await joinAsNewPerson({ token, name: "Tom", password: PASSWORD });

  expect(answer).toEqual({ result: "joined", workspace: slug, email: "tom@example.com" });
  expect(await listMembers(workspaceId)).toMatchObject([{ role: "owner" }, { name: "Tom", role: "support" }]);
});

test("an invitation works once, also when it is opened twice at the same moment", async () => {
  const { workspaceId, token } = await invited("twice@example.com");
  const join = (name: string) => joinAsNewPerson({ token, name, password: PASSWORD });

  const answers = await Promise.all([join("One"), join("Two")]);

  expect(answers.map(({ result }) => result).sort()).toEqual(["gone", "joined"]);
  expect(await listMembers(workspaceId)).toHaveLength(2);
  expect(await findInvitation(token)).toBeNull();
});

test("a lapsed invitation lets nobody in and leaves the list", async () => {
  const { workspaceId, token } = await invited("late@example.com");
  await db().update(invitation).set({ expiresAt: sql`now() - interval '1 second'` });

  expect(await findInvitation(token)).toBeNull();
  expect(await joinAsNewPerson({ token, name: "Late", password: PASSWORD })).toEqual({ result: "gone" });
  expect(await listInvitations(workspaceId)).toEqual([]);
});

test("a made-up invitation costs no password hash", async () => {
  const hashed: string[] = [];
  const hash = async (password: string) => hashed.push(password).toString();
  expect(await joinAsNewPerson({ token: "made-up", name: "Eve", password: PASSWORD }, hash)).toEqual({
    result: "gone",
  });
  expect(hashed).toEqual([]);
});

test("a person with an account joins by accepting, and only the invited one can", async () => {
  const [tom, eve] = [await aPerson("Tom"), await aPerson("Eve")];
  const { slug, token } = await invited(tom.email, "admin");

  expect(await joinAsNewPerson({ token, name: "Fake", password: PASSWORD })).toEqual({ result: "account_exists" });
  expect(await joinAsExistingPerson(token, eve.id)).toEqual({ result: "other_person" });
  expect(await joinAsExistingPerson(token, tom.id)).toMatchObject({ result: "joined" });

  expect(await findMembership(tom.id, slug)).toMatchObject({ role: "admin" });
  expect(await findMembership(eve.id, slug)).toBeNull();
});

test("a withdrawn invitation is gone; a stranger cannot withdraw it", async () => {
  const { workspaceId, owner, token } = await invited("gone@example.com");
  const [open] = await listInvitations(workspaceId);
  const stranger = await aTeam("owner");

  expect(await withdrawInvitation(stranger.workspaceId, open!.id, owner)).toBe(false);
  expect(await findInvitation(token)).not.toBeNull();
  expect(await withdrawInvitation(workspaceId, open!.id, owner)).toBe(true);
  expect(await findInvitation(token)).toBeNull();
});

test("inviting somebody again replaces the first link", async () => {
  const { workspaceId, owner, token } = await invited("again@example.com");

  const second = await invite(workspaceId, { email: "again@example.com", role: "viewer" }, owner);

  expect(second.result).toBe("invited");
  expect(await findInvitation(token)).toBeNull();
  expect(await listInvitations(workspaceId)).toMatchObject([{ role: "viewer" }]);
});

test("members are not invited again, and only owners invite owners", async () => {
  const { workspaceId, people } = await aTeam("admin");
  const admin = { role: "admin", author: people[0]!.author } as const;

  expect(await invite(workspaceId, { email: people[0]!.email, role: "viewer" }, admin)).toEqual({
    result: "member_already",
  });
  expect(await invite(workspaceId, { email: "o@example.com", role: "owner" }, admin)).toEqual({
    result: "owners_only",
  });
});

test("the database knows only the hash of an invitation's token", async () => {
  const { token } = await invited("hash@example.com");
  const rows = await db().select().from(invitation);
  expect(JSON.stringify(rows)).not.toContain(token);
});
