import { eq } from "drizzle-orm";
import { user } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";
import type { SignInInput } from "./input.ts";
import { type VerifyPassword, verifyPassword } from "./password.ts";
import { type Caller, type SignedInUser, startSession } from "./sessions.ts";
import { countAttempt, forgiveAttempt } from "./sign-in-throttle.ts";

export type SignIn =
  | { result: "signed_in"; user: SignedInUser }
  | { result: "refused" }
  | { result: "throttled"; minutes: number };

/** Unknown people get the same answer as wrong passwords, after the same work. */
export async function signIn(
  { email, password }: SignInInput,
  caller: Caller,
  verify: VerifyPassword = verifyPassword,
): Promise<SignIn> {
  const throttle = await countAttempt(email, caller.address);
  if (throttle.result === "throttled") return throttle;

  const [person] = await db()
    .select({ id: user.id, name: user.name, email: user.email, passwordHash: user.passwordHash })
    .from(user)
    .where(eq(user.email, email));
  const right = await verify(person?.passwordHash ?? null, password);
  if (!person || !right) return { result: "refused" };

  await forgiveAttempt(throttle.keys);
  const sessionId = await startSession(person.id, caller);
  return { result: "signed_in", user: { id: person.id, name: person.name, email: person.email, sessionId } };
}
