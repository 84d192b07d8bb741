import { and, count, eq, gt, isNull } from "drizzle-orm";
import { shareLink } from "../../drizzle/schema/console.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { newLinkToken } from "../accounts/link-token.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { formatId, newId } from "../ids.ts";

/** More links to one delivery than this nobody keeps an eye on. */
export const MOST_LINKS = 20;
const HOUR_MS = 3_600_000;

export type ShareResult = { result: "made"; token: string; expiresAt: Date } | { result: "not_found" | "too_many" };
type Sharer = { userId: string; author: Author };

/** Makes a link with which anybody can read one delivery, redacted, until it ends. The token is returned once. */
export async function makeShareLink(
  workspaceId: string,
  deliveryId: string,
  { hours, showsBodies }: { hours: number; showsBodies: boolean },
  { userId, author }: Sharer,
): Promise<ShareResult> {
  return db().transaction(async (tx) => {
    const [found] = await tx
      .select({ eventType: delivery.eventType })
      .from(delivery)
      .where(and(eq(delivery.workspaceId, workspaceId), eq(delivery.id, deliveryId)));
    if (!found) return { result: "not_found" };
    const now = new Date();
    const [active] = await tx
      .select({ count: count() })
      .from(shareLink)
      .where(and(eq(shareLink.deliveryId, deliveryId), isNull(shareLink.revokedAt), gt(shareLink.expiresAt, now)));
    if ((active?.count ?? 0) >= MOST_LINKS) return { result: "too_many" };
    const { token, hash } = newLinkToken();
    const expiresAt = new Date(now.getTime() + hours * HOUR_MS);
    await tx.insert(shareLink).values({
      id: newId(),
      workspaceId,
      tokenHash: hash,
      deliveryId,
      showsBodies,
      createdBy: userId,
      expiresAt,
    });
    await recordAudit(tx, workspaceId, author, {
      action: "share_link.made",
      target: formatId("dlv", deliveryId),
      targetName: found.eventType,
      detail: { until: expiresAt.toISOString(), bodies: showsBodies },
    });
    return { result: "made", token, expiresAt };
  });
}

/** Ends a link now; false when there is nothing to end. */
export async function revokeShareLink(workspaceId: string, id: string, author: Author): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [ended] = await tx
      .update(shareLink)
      .set({ revokedAt: new Date() })
      .where(and(eq(shareLink.workspaceId, workspaceId), eq(shareLink.id, id), isNull(shareLink.revokedAt)))
      .returning({ deliveryId: shareLink.deliveryId });
    if (!ended) return false;
    const target = formatId("dlv", ended.deliveryId);
    await recordAudit(tx, workspaceId, author, { action: "share_link.revoked", target, targetName: target });
    return true;
  });
}
