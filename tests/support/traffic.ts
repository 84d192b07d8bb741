import { endpoint } from "../../drizzle/schema/configuration.ts";
import { workspace } from "../../drizzle/schema/people.ts";
import { attempt, delivery, deliveryStat, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../../lib/db.ts";
import { LATENCY_BOUNDS_MS } from "../../lib/delivery/outcomes.ts";
import { firstIdAt, newId } from "../../lib/ids.ts";

// Rows as the product would have left them, written straight into the tables: what reports read.

export async function aWorkspace(values: Partial<typeof workspace.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await db()
    .insert(workspace)
    .values({ id, slug: `w-${id}`, name: "Fieldnote", ...values });
  return id;
}

export async function anEndpoint(workspaceId: string, values: Partial<typeof endpoint.$inferInsert> = {}) {
  const id = newId();
  await db()
    .insert(endpoint)
    .values({ id, workspaceId, url: "https://api.acme.test/hooks", ...values });
  return id;
}

export async function anEvent(workspaceId: string, values: Partial<typeof event.$inferInsert> = {}): Promise<string> {
  const id = values.id ?? newId();
  await db()
    .insert(event)
    .values({ workspaceId, type: "order.created", payload: Buffer.from("{}"), occurredAt: new Date(), ...values, id });
  return id;
}

type DeliveryValues = Partial<typeof delivery.$inferInsert> & { endpointId: string };

export async function aDelivery(workspaceId: string, values: DeliveryValues): Promise<string> {
  const id = values.id ?? newId();
  await db()
    .insert(delivery)
    .values({ workspaceId, eventId: newId(), eventType: "order.created", ...values, id });
  return id;
}

/** A delivery whose calls all failed. */
export function aFailedDelivery(workspaceId: string, values: DeliveryValues): Promise<string> {
  const failure = { lastOutcome: "http_error", lastStatusCode: 503, lastDurationMs: 120, attempts: 10 } as const;
  return aDelivery(workspaceId, { status: "failed", trouble: true, ...failure, ...values });
}

export async function anAttempt(deliveryId: string, values: Partial<typeof attempt.$inferInsert> = {}): Promise<void> {
  const made = { number: 1, startedAt: new Date(), trigger: "first", outcome: "success", totalMs: 12 } as const;
  await db()
    .insert(attempt)
    .values({ deliveryId, ...made, ...values });
}

type StatValues = { workspaceId: string; endpointId: string; at: Date; slot?: number; eventType?: string };

/** One row of counts; `latencies` puts that many attempts into the bucket that such a latency falls in. */
export async function someStats(
  { workspaceId, endpointId, at, slot = 0, eventType = "order.created" }: StatValues,
  counts: { delivered?: number; failed?: number; retried?: number; latencies?: Record<number, number> },
): Promise<void> {
  const latency = Array.from({ length: LATENCY_BOUNDS_MS.length + 1 }, () => 0);
  for (const [ms, count] of Object.entries(counts.latencies ?? {})) {
    const index = LATENCY_BOUNDS_MS.findIndex((bound) => Number(ms) <= bound);
    const bucket = index < 0 ? LATENCY_BOUNDS_MS.length : index;
    latency[bucket] = (latency[bucket] ?? 0) + count;
  }
  const { latencies: _, ...sums } = counts;
  const bucket = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
  await db()
    .insert(deliveryStat)
    .values({ workspaceId, endpointId, eventType, bucket, slot, latency, ...sums });
}

/** An id as it would have been made then; `nth` tells ids of the same millisecond apart. */
export function idAt(time: Date | number, nth = 0): string {
  return firstIdAt(time).slice(0, -8) + nth.toString(16).padStart(8, "0");
}
