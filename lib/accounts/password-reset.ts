import { and, eq, gt, lte, or, sql } from "drizzle-orm";
import { member, passwordReset, user } from "../../drizzle/schema/people.ts";
import { type Author, recordAudit, SYSTEM } from "../audit/record.ts";
import { type Database, db, type Transaction } from "../db.ts";
import { publicUrl } from "../env.ts";
import { formatId, parseId } from "../ids.ts";
import { hashLinkToken, newLinkToken } from "./link-token.ts";
import { hashPassword } from "./password.ts";
import { setPassword } from "./password-change.ts";

const RESET_HOURS = 24;

export type ResetLink = { result: "made"; token: string } | { result: "not_found" | "member_elsewhere" };

/**
 * An owner makes a link with which a member sets a new password. Whoever holds the link becomes that person, so it is
 * refused when they belong to a workspace that this owner does not own.
 */
export async function makeResetLink(
  workspaceId: string,
  userId: string,
  { user: owner, author }: { user: { id: string }; author: Author },
): Promise<ResetLink> {
  return db().transaction(async (tx) => {
    const [target] = await tx
      .select({ name: user.name })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(and(eq(member.workspaceId, workspaceId), eq(member.userId, userId)));
    if (!target) return { result: "not_found" };
    if (await belongsElsewhere(tx, userId, owner.id)) return { result: "member_elsewhere" };
    const token = await insertLink(tx, userId, author);
    const entry = { target: formatId("usr", userId), targetName: target.name };
    await recordAudit(tx, workspaceId, author, { action: "password_reset.link_made", ...entry });
    return { result: "made", token };
  });
}

async function belongsElsewhere(tx: Database | Transaction, userId: string, ownerId: string): Promise<boolean> {
  const owned = tx
    .select({ id: member.workspaceId })
    .from(member)
    .where(and(eq(member.userId, ownerId), eq(member.role, "owner")));
  const elsewhere = await tx
    .select({ id: member.workspaceId })
    .from(member)
    .where(and(eq(member.userId, userId), sql`${member.workspaceId} not in ${owned}`))
    .limit(1);
  return elsewhere.length > 0;
}

/** For somebody with access to the machine, who could write to the database anyway. Null when nobody has this address. */
export async function makeResetLinkByEmail(email: string): Promise<string | null> {
  return db().transaction(async (tx) => {
    const [target] = await tx.select({ id: user.id }).from(user).where(eq(user.email, email));
    return target ? resetUrl(await insertLink(tx, target.id, SYSTEM)) : null;
  });
}

export function resetUrl(token: string): string {
  return `${publicUrl()}/reset/${token}`;
}

/** A person has one link at a time: making another ends the first. */
async function insertLink(tx: Transaction, userId: string, author: Author): Promise<string> {
  const { token, hash } = newLinkToken();
  await tx.delete(passwordReset).where(or(eq(passwordReset.userId, userId), lte(passwordReset.expiresAt, sql`now()`)));
  await tx.insert(passwordReset).values({
    tokenHash: hash,
    userId,
    createdBy: parseId("usr", author.id),
    expiresAt: sql`now() + make_interval(hours => ${RESET_HOURS})`,
  });
  return token;
}

/** Whose password an open link sets. */
export async function findReset(token: string): Promise<{ email: string } | null> {
  const [found] = await db()
    .select({ email: user.email, userId: passwordReset.userId, createdBy: passwordReset.createdBy })
    .from(passwordReset)
    .innerJoin(user, eq(user.id, passwordReset.userId))
    .where(isOpen(token));
  return found && (await isStillAllowed(found)) ? { email: found.email } : null;
}

/** Sets the password and ends every session. The link works once: deleting it is what claims it. */
export async function resetPassword(
  token: string,
  password: string,
  hash = hashPassword,
): Promise<{ email: string } | null> {
  // Looked at first: hashing costs enough to keep strangers with made-up links from asking for it.
  if (!(await findReset(token))) return null;
  const passwordHash = await hash(password);
  return db().transaction(async (tx) => {
    const [claimed] = await tx
      .delete(passwordReset)
      .where(isOpen(token))
      .returning({ userId: passwordReset.userId, createdBy: passwordReset.createdBy });
    if (!claimed || !(await isStillAllowed(claimed, tx))) return null;
    const [person] = await tx.select().from(user).where(eq(user.id, claimed.userId));
    if (!person) return null;
    const author = { id: formatId("usr", person.id), name: person.name };
    await setPassword(tx, person, passwordHash, { author, keepSession: null });
    return { email: person.email };
  });
}

/** Its maker may have lost a workspace since, or the person joined one of others. */
async function isStillAllowed(
  { userId, createdBy }: { userId: string; createdBy: string | null },
  within: Database | Transaction = db(),
): Promise<boolean> {
  return createdBy === null || !(await belongsElsewhere(within, userId, createdBy));
}

function isOpen(token: string) {
  return and(eq(passwordReset.tokenHash, hashLinkToken(token)), gt(passwordReset.expiresAt, sql`now()`));
}
