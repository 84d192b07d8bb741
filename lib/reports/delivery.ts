import { and, asc, eq } from "drizzle-orm";
import { workspace } from "../../drizzle/schema/people.ts";
import { attempt, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { deliveriesByIds } from "./deliveries.ts";

/** One delivery with its attempts, oldest first, and its event; null for a stranger's id too. */
export async function findDelivery(workspaceId: string, id: string) {
  const [row] = await deliveriesByIds(workspaceId, [id]);
  if (!row) return null;
  const [attempts, [source], [home]] = await Promise.all([
    db().select().from(attempt).where(eq(attempt.deliveryId, id)).orderBy(asc(attempt.number)),
    db()
      .select()
      .from(event)
      .where(and(eq(event.workspaceId, workspaceId), eq(event.id, row.eventId))),
    db().select({ slug: workspace.slug }).from(workspace).where(eq(workspace.id, workspaceId)),
  ]);
  return { ...row, attemptList: attempts, event: source ?? null, workspaceSlug: home?.slug ?? "" };
}
export type DeliveryDetail = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;
export type AttemptRow = DeliveryDetail["attemptList"][number];
