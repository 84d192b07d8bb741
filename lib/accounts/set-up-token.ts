import { createHmac, timingSafeEqual } from "node:crypto";
import { user } from "../../drizzle/schema/people.ts";
import { type Database, db, type Transaction } from "../db.ts";
import { type Environment, env, isLoopbackHost, publicUrl } from "../env.ts";

/**
 * What the first person has to bring along when strangers can reach the sign-up page; null when they cannot.
 * Derived from the secret that web and supervisor share, so there is nothing to store.
 */
export function setUpToken(environment: Environment = env()): string | null {
  const { HOST, PUBLIC_URL, SIGN_UP, AUTH_SECRET } = environment;
  const reachable = !isLoopbackHost(HOST) || (PUBLIC_URL && !isLoopbackHost(new URL(PUBLIC_URL).hostname));
  if (!reachable || SIGN_UP !== "first" || !AUTH_SECRET) return null;
  return createHmac("sha256", AUTH_SECRET).update("posthorn set-up token").digest("base64url").slice(0, 24);
}

export function isSetUpToken(given: string | undefined, environment: Environment = env()): boolean {
  const expected = setUpToken(environment);
  if (expected === null) return true;
  const bytes = Buffer.from(given ?? "");
  return bytes.length === expected.length && timingSafeEqual(bytes, Buffer.from(expected));
}

/** The link to print at start while nobody has signed up yet; null when no token is asked for. */
export async function setUpLink(environment: Environment = env()): Promise<string | null> {
  const token = setUpToken(environment);
  if (token === null || (await hasPeople())) return null;
  return `${publicUrl(environment)}/sign-up?token=${token}`;
}

export async function hasPeople(tx: Database | Transaction = db()): Promise<boolean> {
  const [anyone] = await tx.select({ id: user.id }).from(user).limit(1);
  return anyone !== undefined;
}
