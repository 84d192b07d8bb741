import { eq } from "drizzle-orm";
import { member, user } from "../../drizzle/schema/people.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId } from "../ids.ts";
import type { PasswordChangeInput } from "./input.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { endSessions, type SignedInUser } from "./sessions.ts";
import { countAttempt, forgiveAttempt } from "./sign-in-throttle.ts";

export type PasswordChange =
  | { result: "changed"; endedSessions: number }
  | { result: "wrong_password" }
  | { result: "throttled"; minutes: number };

/** Changes the password of the person signed in and ends their other sessions. Guesses count like failed sign-ins. */
export async function changePassword(
  person: SignedInUser,
  input: PasswordChangeInput,
  address: string | null,
): Promise<PasswordChange> {
  const throttle = await countAttempt(person.email, address);
  if (throttle.result === "throttled") return throttle;
  const [found] = await db().select({ passwordHash: user.passwordHash }).from(user).where(eq(user.id, person.id));
  if (!(await verifyPassword(found?.passwordHash ?? null, input.currentPassword))) return { result: "wrong_password" };
  await forgiveAttempt(throttle.keys);

  const passwordHash = await hashPassword(input.password);
  const author = { id: formatId("usr", person.id), name: person.name, address };
  const endedSessions = await db().transaction((tx) =>
    setPassword(tx, person, passwordHash, { author, keepSession: person.sessionId }),
  );
  return { result: "changed", endedSessions };
}

type Person = { id: string; name: string };

/** Sets a password, ends the sessions that began under the old one, and says so in the person's workspaces. */
export async function setPassword(
  tx: Transaction,
  person: Person,
  passwordHash: string,
  { author, keepSession }: { author: Author; keepSession: string | null },
): Promise<number> {
  await tx.update(user).set({ passwordHash }).where(eq(user.id, person.id));
  const memberships = await tx
    .select({ workspaceId: member.workspaceId })
    .from(member)
    .where(eq(member.userId, person.id));
  for (const { workspaceId } of memberships) {
    const target = { target: formatId("usr", person.id), targetName: person.name };
    await recordAudit(tx, workspaceId, author, { action: "password.changed", ...target });
  }
  return endSessions(person.id, keepSession, tx);
}
