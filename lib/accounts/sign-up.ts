import { sql } from "drizzle-orm";
import { user } from "../../drizzle/schema/people.ts";
import { db, type Transaction } from "../db.ts";
import { type Environment, env } from "../env.ts";
import { newId } from "../ids.ts";
import { createWorkspace } from "../workspaces/commands.ts";
import type { SignUpInput } from "./input.ts";
import { hashPassword } from "./password.ts";
import { hasPeople, isSetUpToken } from "./set-up-token.ts";
import { countAttempt } from "./sign-in-throttle.ts";

export type SignUp =
  | { result: "signed_up"; userId: string; workspace: string }
  | { result: "closed" | "wrong_set_up_token" | "email_taken" }
  | { result: "throttled"; minutes: number };

/** Who may make an account of their own now. Everybody else needs an invitation. */
export async function signUpMode(environment: Environment = env()): Promise<"first" | "open" | "closed"> {
  const { SIGN_UP } = environment;
  return SIGN_UP === "first" && (await hasPeople()) ? "closed" : SIGN_UP;
}

/** A person and, silently, a workspace of their own. */
export async function signUp(
  input: SignUpInput,
  address: string | null,
  environment: Environment = env(),
): Promise<SignUp> {
  const mode = await signUpMode(environment);
  if (mode === "closed") return { result: "closed" };
  if (mode === "first" && !isSetUpToken(input.setUpToken, environment)) return { result: "wrong_set_up_token" };
  if (mode === "open") {
    const throttle = await countAttempt(input.email, address);
    if (throttle.result === "throttled") return throttle;
  }
  const passwordHash = await hashPassword(input.password);
  return db().transaction(async (tx) => {
    if (mode === "first") {
      await lockFirstPerson(tx);
      if (await hasPeople(tx)) return { result: "closed" };
    }
    const person = await createUser(tx, { ...input, passwordHash });
    if (!person) return { result: "email_taken" };
    const workspace = await createWorkspace(tx, person, mode === "first" ? FIRST_WORKSPACE : ownWorkspace(person.name));
    return { result: "signed_up", userId: person.id, workspace };
  });
}

export const FIRST_WORKSPACE = { name: "Default", slug: "default" };

/** Never `default`, whatever the person is called: that one belongs to the installation. */
function ownWorkspace(name: string): { name: string; slug: string } {
  return { name: `${name}'s workspace`, slug: `${name} workspace` };
}

/** Of two who would be first at once, the second waits here and then sees the first. */
export async function lockFirstPerson(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('posthorn: first person'))`);
}

type NewUser = { name: string; email: string; passwordHash: string };

/** Null when the e-mail address has an account already. */
export async function createUser(
  tx: Transaction,
  { name, email, passwordHash }: NewUser,
): Promise<{ id: string; name: string } | null> {
  const [created] = await tx
    .insert(user)
    .values({ id: newId(), name, email, passwordHash })
    .onConflictDoNothing({ target: user.email })
    .returning({ id: user.id, name: user.name });
  return created ?? null;
}
