import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKey } from "../../drizzle/schema/people.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId, newId, parseId } from "../ids.ts";
import type { ApiKeyInput } from "./input.ts";
import { hashApiKey, newApiKeySecret } from "./secret.ts";

/** Makes a key. Its secret is in this answer and nowhere else. */
export async function createApiKey(
  workspaceId: string,
  input: ApiKeyInput,
  author: Author,
): Promise<{ id: string; secret: string }> {
  const secret = newApiKeySecret();
  const id = await db().transaction((tx) => insertApiKey(tx, workspaceId, { ...input, secret }, author));
  return { id, secret };
}

export async function insertApiKey(
  tx: Transaction,
  workspaceId: string,
  { name, scopes, expiresInDays, secret }: ApiKeyInput & { secret: string },
  author: Author,
): Promise<string> {
  const id = newId();
  await tx.insert(apiKey).values({
    id,
    workspaceId,
    name,
    scopes,
    hash: hashApiKey(secret),
    lastFour: secret.slice(-4),
    createdBy: parseId("usr", author.id),
    expiresAt: expiresInDays ? sql`now() + make_interval(days => ${expiresInDays})` : null,
  });
  const detail = { scopes, expiresInDays: expiresInDays ?? null };
  await recordAudit(tx, workspaceId, author, {
    action: "api_key.created",
    target: formatId("key", id),
    targetName: name,
    detail,
  });
  return id;
}

/** For good: a revoked key cannot come back. False when there is no such live key. */
export async function revokeApiKey(workspaceId: string, id: string, author: Author): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [revoked] = await tx
      .update(apiKey)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiKey.workspaceId, workspaceId), eq(apiKey.id, id), isNull(apiKey.revokedAt)))
      .returning({ name: apiKey.name });
    if (!revoked) return false;
    const target = { target: formatId("key", id), targetName: revoked.name };
    await recordAudit(tx, workspaceId, author, { action: "api_key.revoked", ...target });
    return true;
  });
}
