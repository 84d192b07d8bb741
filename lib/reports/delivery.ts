import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { workspace } from "../../drizzle/schema/people.ts";
import { attempt, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { deliveriesByIds } from "./deliveries.ts";

const { requestHeaders: _request, responseHeaders: _response, responseBody, ...ATTEMPT } = getTableColumns(attempt);
const { payload, readable: _readable, ...EVENT } = getTableColumns(event);

/**
 * One delivery with its attempts, oldest first, and its event; null for a stranger's id too. Without headers and bodies:
 * a page shows those of one attempt, and there may be many.
 */
export async function findDelivery(workspaceId: string, id: string) {
  const [row] = await deliveriesByIds(workspaceId, [id]);
  if (!row) return null;
  const [attempts, [source], [home]] = await Promise.all([
    db()
      .select({ ...ATTEMPT, responseBytes: sql<number | null>`octet_length(${responseBody})` })
      .from(attempt)
      .where(eq(attempt.deliveryId, id))
      .orderBy(asc(attempt.number)),
    db()
      .select({ ...EVENT, bytes: sql<number>`octet_length(${payload})` })
      .from(event)
      .where(and(eq(event.workspaceId, workspaceId), eq(event.id, row.eventId))),
    db().select({ slug: workspace.slug }).from(workspace).where(eq(workspace.id, workspaceId)),
  ]);
  return { ...row, attemptList: attempts, event: source ?? null, workspaceSlug: home?.slug ?? "" };
}
export type DeliveryDetail = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;
export type AttemptRow = DeliveryDetail["attemptList"][number];

/** All attempts with headers and bodies, of a delivery that was found in its workspace. */
export async function listWholeAttempts(deliveryId: string) {
  return db().select().from(attempt).where(eq(attempt.deliveryId, deliveryId)).orderBy(asc(attempt.number));
}
export type WholeAttempt = Awaited<ReturnType<typeof listWholeAttempts>>[number];

/** One of them. */
export async function findAttempt(deliveryId: string, number: number): Promise<WholeAttempt | null> {
  const [found] = await db()
    .select()
    .from(attempt)
    .where(and(eq(attempt.deliveryId, deliveryId), eq(attempt.number, number)));
  return found ?? null;
}

/** The bytes of an event, exactly as they were sent; null once it is past its retention. */
export async function findPayload(workspaceId: string, eventId: string): Promise<Buffer | null> {
  const [found] = await db()
    .select({ payload })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), eq(event.id, eventId)));
  return found?.payload ?? null;
}
