import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { session } from "../../drizzle/schema/people.ts";
import { changePassword } from "../../lib/accounts/password-change.ts";
import { endSession, findSession, listSessions } from "../../lib/accounts/sessions.ts";
import { signIn } from "../../lib/accounts/sign-in.ts";
import { listAuditEntries } from "../../lib/audit/queries.ts";
import { db } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";
import { aPerson, aTeam, CALLER, PASSWORD, signedIn } from "../support/people.ts";

await testDatabase();

const NEW_PASSWORD = "another battery horse";

function set(sessionId: string, values: Partial<Record<"lastSeenAt" | "expiresAt", ReturnType<typeof sql>>>) {
  return db().update(session).set(values).where(eq(session.id, sessionId));
}

async function rowOf(sessionId: string) {
  const [row] = await db().select().from(session).where(eq(session.id, sessionId));
  return row!;
}

test("a revoked session is dead at once and stays dead", async () => {
  const person = await aPerson();
  const { sessionId } = await signedIn(person);
  await set(sessionId, { lastSeenAt: sql`now() - interval '1 hour'` });

  expect(await endSession(person.id, sessionId)).toBe(true);

  expect(await findSession(sessionId)).toBeNull();
  expect(await listSessions(person.id)).toEqual([]);
  expect(await endSession(person.id, sessionId)).toBe(false);
});

test("nobody can end or see the session of somebody else", async () => {
  const [mara, tom] = [await aPerson("Mara"), await aPerson("Tom")];
  const { sessionId } = await signedIn(mara);

  expect(await endSession(tom.id, sessionId)).toBe(false);

  expect(await findSession(sessionId)).toMatchObject({ id: mara.id });
  expect(await listSessions(tom.id)).toEqual([]);
});

test("using a session moves its end ahead, and writes at most once a minute", async () => {
  const { sessionId } = await signedIn(await aPerson());
  const fresh = await rowOf(sessionId);
  await findSession(sessionId);
  expect(await rowOf(sessionId)).toEqual(fresh);

  await set(sessionId, { lastSeenAt: sql`now() - interval '2 minutes'`, expiresAt: sql`now() + interval '1 day'` });
  await findSession(sessionId);

  const used = await rowOf(sessionId);
  expect(used.lastSeenAt.getTime()).toBeGreaterThanOrEqual(fresh.lastSeenAt.getTime());
  expect(used.expiresAt.getTime() - Date.now()).toBeGreaterThan(29 * 86_400_000);
});

test("a session that was not used for thirty days has ended", async () => {
  const { sessionId } = await signedIn(await aPerson());
  await set(sessionId, { expiresAt: sql`now() - interval '1 second'` });
  expect(await findSession(sessionId)).toBeNull();
});

test("changing the password ends the other sessions, keeps this one, and is in the audit log", async () => {
  const { workspaceId, people } = await aTeam("developer");
  const here = await signedIn(people[0]!);
  const elsewhere = await signedIn(people[0]!);

  const input = { currentPassword: PASSWORD, password: NEW_PASSWORD };
  expect(await changePassword(here, input, null)).toEqual({ result: "changed", endedSessions: 1 });

  expect(await findSession(here.sessionId)).not.toBeNull();
  expect(await findSession(elsewhere.sessionId)).toBeNull();
  expect(await signIn({ email: here.email, password: PASSWORD }, CALLER)).toEqual({ result: "refused" });
  expect(await signIn({ email: here.email, password: NEW_PASSWORD }, CALLER)).toMatchObject({ result: "signed_in" });
  const { rows } = await listAuditEntries(workspaceId, {}, {});
  expect(rows).toMatchObject([{ action: "password.changed", actor: people[0]!.author.id }]);
});

test("a wrong current password changes nothing, and guessing it is throttled like signing in", async () => {
  const here = await signedIn(await aPerson());
  const input = { currentPassword: "wrong wrong", password: NEW_PASSWORD };

  for (let number = 0; number < 10; number += 1) {
    expect(await changePassword(here, input, null)).toEqual({ result: "wrong_password" });
  }

  expect(await changePassword(here, { ...input, currentPassword: PASSWORD }, null)).toMatchObject({
    result: "throttled",
  });
  expect(await signIn({ email: here.email, password: PASSWORD }, CALLER)).toMatchObject({ result: "signed_in" });
});
