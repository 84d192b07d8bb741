import { findEventType } from "../event-types/queries.ts";
import { accept } from "../ingest/accept.ts";

export type TestResult =
  | { result: "sent"; eventId: string; deliveryIds: string[] }
  | { result: "unknown_type" }
  | { result: "no_endpoint" }
  | { result: "refused"; detail: string };

/** What is sent of a type that has no example. */
const MINIMAL_PAYLOAD = "{}";

/**
 * Sends an event type's example, down the same road as any event but left out of every statistic.
 * @param endpointIds these endpoints, whatever they subscribe to; null: all that subscribe to the type
 */
export async function sendTest(workspaceId: string, type: string, endpointIds: string[] | null): Promise<TestResult> {
  const eventType = await findEventType(workspaceId, type);
  if (!eventType) return { result: "unknown_type" };
  const accepted = await accept({
    workspaceId,
    type,
    data: Buffer.from(eventType.example ?? MINIMAL_PAYLOAD),
    test: true,
    ...(endpointIds && { endpointIds }),
  });
  if (accepted.result === "refused") return { result: "refused", detail: accepted.detail };
  // Without an idempotency key there is no duplicate; a disabled endpoint takes no delivery.
  if (accepted.result === "duplicate" || accepted.deliveryIds.length === 0) return { result: "no_endpoint" };
  return { result: "sent", eventId: accepted.eventId, deliveryIds: accepted.deliveryIds };
}
