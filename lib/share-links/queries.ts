import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { shareLink } from "../../drizzle/schema/console.ts";
import { user, workspace } from "../../drizzle/schema/people.ts";
import { hashLinkToken } from "../accounts/link-token.ts";
import { db } from "../db.ts";

const isAlive = () => and(isNull(shareLink.revokedAt), gt(shareLink.expiresAt, new Date()));

/** The links to a delivery that still open, newest first. */
export async function listShareLinks(workspaceId: string, deliveryId: string) {
  return db()
    .select({
      id: shareLink.id,
      showsBodies: shareLink.showsBodies,
      expiresAt: shareLink.expiresAt,
      createdAt: shareLink.createdAt,
      by: user.name,
    })
    .from(shareLink)
    .leftJoin(user, eq(user.id, shareLink.createdBy))
    .where(and(eq(shareLink.workspaceId, workspaceId), eq(shareLink.deliveryId, deliveryId), isAlive()))
    .orderBy(desc(shareLink.id));
}
export type ShareLinkRow = Awaited<ReturnType<typeof listShareLinks>>[number];

/** What a link opens; null when it ended, was revoked or never was. */
export async function findShared(token: string) {
  const [found] = await db()
    .select({
      workspaceId: shareLink.workspaceId,
      workspaceName: workspace.name,
      deliveryId: shareLink.deliveryId,
      showsBodies: shareLink.showsBodies,
      expiresAt: shareLink.expiresAt,
    })
    .from(shareLink)
    .innerJoin(workspace, eq(workspace.id, shareLink.workspaceId))
    .where(and(eq(shareLink.tokenHash, hashLinkToken(token)), isAlive()));
  return found ?? null;
}
