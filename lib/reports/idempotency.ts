import { and, eq, gt, sql } from "drizzle-orm";
import { dedupeKey } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";

/** Until when a call with the event's idempotency key is a duplicate of it; null when the key is free again. */
export async function duplicatesUntil(workspaceId: string, event: { id: string; idempotencyKey: string | null }) {
  if (event.idempotencyKey === null) return null;
  const [held] = await db()
    .select({ until: dedupeKey.expiresAt })
    .from(dedupeKey)
    .where(
      and(
        eq(dedupeKey.scope, workspaceId),
        eq(dedupeKey.key, event.idempotencyKey),
        eq(dedupeKey.eventId, event.id),
        gt(dedupeKey.expiresAt, sql`now()`),
      ),
    );
  return held?.until ?? null;
}
