import { and, asc, between, eq, inArray } from "drizzle-orm";
import { attempt, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { idTime } from "../ids.ts";
import { type DeliveryRow, listDeliveries } from "./deliveries.ts";

/** One call may have become a thousand events: so many are followed, with so many deliveries. */
const MOST_EVENTS = 10;
const MOST_DELIVERIES = 50;
const MOST_ATTEMPTS = 200;

export type TimelineStep =
  | { kind: "event"; at: Date; id: string; type: string; again: boolean }
  | { kind: "delivery"; at: Date; delivery: DeliveryRow }
  | {
      kind: "attempt";
      at: Date;
      delivery: DeliveryRow;
      number: number;
      outcome: Outcome;
      statusCode: number | null;
      totalMs: number;
    };

export type Timeline = {
  steps: TimelineStep[];
  deliveries: DeliveryRow[] /** Events that are not followed. */;
  more: number;
};

type Followed = { eventIds: string[]; duplicateOf: string | null };

/** All that became of a call, in the order in which it happened: its events, their deliveries, every attempt. */
export async function followRequest(workspaceId: string, { eventIds, duplicateOf }: Followed): Promise<Timeline> {
  const followed = (eventIds.length > 0 ? eventIds : [duplicateOf ?? []].flat()).slice(0, MOST_EVENTS);
  const [events, lists] = await Promise.all([
    findEvents(workspaceId, followed),
    Promise.all(followed.map((eventId) => listDeliveries(workspaceId, { eventId }, { limit: MOST_DELIVERIES }))),
  ]);
  const deliveries = lists.flatMap(({ rows }) => rows);
  const attempts = await listAttempts(deliveries);
  const steps: TimelineStep[] = [
    ...events.map(({ id, type }) => ({ kind: "event" as const, at: idTime(id), id, type, again: id === duplicateOf })),
    ...deliveries.map((delivery) => ({ kind: "delivery" as const, at: delivery.createdAt, delivery })),
    ...attempts,
  ];
  // Stable: what happened in one millisecond stays event, delivery, attempt.
  steps.sort((a, b) => a.at.getTime() - b.at.getTime());
  return { steps, deliveries, more: Math.max(eventIds.length - MOST_EVENTS, 0) };
}

async function findEvents(workspaceId: string, ids: string[]) {
  if (ids.length === 0) return [];
  return db()
    .select({ id: event.id, type: event.type })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), inArray(event.id, ids)))
    .orderBy(asc(event.id));
}

async function listAttempts(deliveries: DeliveryRow[]): Promise<TimelineStep[]> {
  if (deliveries.length === 0) return [];
  const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  const ids = [...byId.keys()].sort();
  const rows = await db()
    .select({
      deliveryId: attempt.deliveryId,
      number: attempt.number,
      at: attempt.startedAt,
      outcome: attempt.outcome,
      statusCode: attempt.statusCode,
      totalMs: attempt.totalMs,
    })
    .from(attempt)
    // The bounds prune partitions, which a list of ids alone does not under a generic plan.
    .where(and(inArray(attempt.deliveryId, ids), between(attempt.deliveryId, ids[0] ?? "", ids.at(-1) ?? "")))
    .orderBy(asc(attempt.startedAt), asc(attempt.number))
    .limit(MOST_ATTEMPTS);
  return rows.flatMap(({ deliveryId, ...row }) => {
    const delivery = byId.get(deliveryId);
    return delivery ? { kind: "attempt" as const, delivery, ...row } : [];
  });
}
