import { desc, eq, sql } from "drizzle-orm";
import { apiKey, user } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";

/** Every key of the workspace, those that work first. Never the hash. */
export function listApiKeys(workspaceId: string) {
  const works = sql<boolean>`${apiKey.revokedAt} is null and coalesce(${apiKey.expiresAt} > now(), true)`;
  return db()
    .select({
      id: apiKey.id,
      name: apiKey.name,
      lastFour: apiKey.lastFour,
      scopes: apiKey.scopes,
      works,
      createdAt: apiKey.createdAt,
      createdBy: user.name,
      lastUsedAt: apiKey.lastUsedAt,
      lastUsedAddress: apiKey.lastUsedAddress,
      expiresAt: apiKey.expiresAt,
      revokedAt: apiKey.revokedAt,
    })
    .from(apiKey)
    .leftJoin(user, eq(user.id, apiKey.createdBy))
    .where(eq(apiKey.workspaceId, workspaceId))
    .orderBy(desc(works), desc(apiKey.id));
}
export type ApiKeyRow = Awaited<ReturnType<typeof listApiKeys>>[number];
