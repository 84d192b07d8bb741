import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { member, passwordReset } from "../../drizzle/schema/people.ts";
import { findReset, makeResetLink, makeResetLinkByEmail, resetPassword } from "../../lib/accounts/password-reset.ts";
import { resetPasswordCommand } from "../../lib/accounts/reset-password-command.ts";
import { findSession } from "../../lib/accounts/sessions.ts";
import { signIn } from "../../lib/accounts/sign-in.ts";
import { db } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";
import { aPerson, aTeam, CALLER, PASSWORD, signedIn } from "../support/people.ts";

await testDatabase();

const NEW_PASSWORD = "another battery horse";

async function aLink() {
  const { workspaceId, people } = await aTeam("owner", "developer");
  const [owner, target] = [people[0]!, people[1]!];
  const answer = await makeResetLink(workspaceId, target.id, { user: owner, author: owner.author });
  if (answer.result !== "made") throw new Error(answer.result);
  return { workspaceId, owner, target, token: answer.token };
}

test("a reset link sets a new password once and ends every session", async () => {
  const { target, token } = await aLink();
  const { sessionId } = await signedIn(target);

  expect(await findReset(token)).toEqual({ email: target.email });
  expect(await resetPassword(token, NEW_PASSWORD)).toEqual({ email: target.email });

  expect(await findSession(sessionId)).toBeNull();
  expect(await signIn({ email: target.email, password: PASSWORD }, CALLER)).toEqual({ result: "refused" });
  expect(await signIn({ email: target.email, password: NEW_PASSWORD }, CALLER)).toMatchObject({ result: "signed_in" });
  expect(await findReset(token)).toBeNull();
  expect(await resetPassword(token, "a third password")).toBeNull();
});

test("two uses of a link at the same moment set one password", async () => {
  const { token } = await aLink();
  const answers = await Promise.all([resetPassword(token, NEW_PASSWORD), resetPassword(token, "a third password")]);
  expect(answers.filter((answer) => answer === null)).toHaveLength(1);
});

test("a link lapses, and a later one ends it", async () => {
  const first = await aLink();
  const again = await makeResetLink(first.workspaceId, first.target.id, {
    user: first.owner,
    author: first.owner.author,
  });
  expect(again.result).toBe("made");
  expect(await findReset(first.token)).toBeNull();

  const second = await aLink();
  await db().update(passwordReset).set({ expiresAt: sql`now() - interval '1 second'` });
  expect(await resetPassword(second.token, NEW_PASSWORD)).toBeNull();
});

test("an owner cannot take over the account of somebody who also belongs to a workspace of others", async () => {
  const { workspaceId, owner, target } = await aLink();
  const elsewhere = await aTeam("owner");
  await db().insert(member).values({ workspaceId: elsewhere.workspaceId, userId: target.id, role: "owner" });

  expect(await makeResetLink(workspaceId, target.id, { user: owner, author: owner.author })).toEqual({
    result: "member_elsewhere",
  });
});

test("a link dies when its person joins a workspace of others, or its maker is no owner any more", async () => {
  const joined = await aLink();
  const elsewhere = await aTeam("owner");
  await db().insert(member).values({ workspaceId: elsewhere.workspaceId, userId: joined.target.id, role: "viewer" });
  expect(await findReset(joined.token)).toBeNull();
  expect(await resetPassword(joined.token, NEW_PASSWORD)).toBeNull();

  const demoted = await aLink();
  await db().update(member).set({ role: "viewer" }).where(eq(member.userId, demoted.owner.id));
  expect(await resetPassword(demoted.token, NEW_PASSWORD)).toBeNull();
  expect(await signIn({ email: demoted.target.email, password: PASSWORD }, CALLER)).toMatchObject({
    result: "signed_in",
  });
});

test("a made-up link costs no password hash", async () => {
  const hashed: string[] = [];
  const hash = async (password: string) => hashed.push(password).toString();
  expect(await resetPassword("made-up", NEW_PASSWORD, hash)).toBeNull();
  expect(hashed).toEqual([]);
});

test("an owner makes no link for a person of another workspace", async () => {
  const { workspaceId, owner } = await aLink();
  const stranger = await aPerson("Stranger");
  expect(await makeResetLink(workspaceId, stranger.id, { user: owner, author: owner.author })).toEqual({
    result: "not_found",
  });
});

test("npm run reset-password prints a link that works, names the accounts, and says when nobody is meant", async () => {
  const person = await aPerson("Locked");
  const lines: string[] = [];
  const run = (email?: string) => resetPasswordCommand(email, (line) => lines.push(line));

  expect([await run(), await run("nobody@example.com"), await run(person.email.toUpperCase())]).toEqual([1, 1, 0]);

  expect(lines.join("\n")).toContain(person.email);
  expect(lines.join("\n")).toContain("Nobody has the address nobody@example.com.");
  const token = /\/reset\/(\S+)/.exec(lines.at(-1)!)![1]!;
  expect(await findReset(token)).toEqual({ email: person.email });
  expect(await makeResetLinkByEmail("nobody@example.com")).toBeNull();
});
