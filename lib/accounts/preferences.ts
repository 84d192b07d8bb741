import { and, eq } from "drizzle-orm";
import { user, userPreference } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";

/** What is kept of one choice, as JSON: a list's columns, not a document. */
const MAX_VALUE_BYTES = 8 * 1024;

/** What a person chose under this name, as it was kept, or null. Whoever reads it checks its shape: releases differ. */
export async function readPreference(userId: string, name: string): Promise<unknown> {
  const [row] = await db()
    .select({ value: userPreference.value })
    .from(userPreference)
    .where(and(eq(userPreference.userId, userId), eq(userPreference.name, name)));
  return row?.value ?? null;
}

/** The same for somebody who is known by their e-mail address, such as while they sign in. */
export async function readPreferenceByEmail(email: string, name: string): Promise<unknown> {
  const [row] = await db()
    .select({ value: userPreference.value })
    .from(userPreference)
    .innerJoin(user, eq(user.id, userPreference.userId))
    .where(and(eq(user.email, email), eq(userPreference.name, name)));
  return row?.value ?? null;
}

/** Keeps a choice; null forgets it. A person's own convenience, so the audit log does not hear of it. */
export async function keepPreference(userId: string, name: string, value: unknown): Promise<void> {
  if (value === null || value === undefined) return forget(userId, name);
  if (Buffer.byteLength(JSON.stringify(value)) > MAX_VALUE_BYTES) throw new Error(`The preference ${name} is too long`);
  await db()
    .insert(userPreference)
    .values({ userId, name, value })
    .onConflictDoUpdate({ target: [userPreference.userId, userPreference.name], set: { value } });
}

async function forget(userId: string, name: string): Promise<void> {
  await db()
    .delete(userPreference)
    .where(and(eq(userPreference.userId, userId), eq(userPreference.name, name)));
}
