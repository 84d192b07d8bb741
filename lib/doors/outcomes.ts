import type { ServerResponse } from "node:http";
import { formatId } from "../ids.ts";
import { type DeliveryOutcome, isOpen, listOutcomes, waitForFirstAttempts } from "../ingest/first-attempts.ts";
import { errorFields, log } from "../log.ts";
import type { StoredAnswer } from "./take.ts";

/** The answer to a caller that prefers to wait, with how its event's deliveries went; what was stored stays stored. */
export async function withOutcomes(
  answer: StoredAnswer,
  seconds: number,
  response: ServerResponse,
): Promise<Omit<StoredAnswer, "stored">> {
  const { stored, status, body } = answer;
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    // Of a duplicate only the event is known: its deliveries are those that the first call made.
    const ids = stored.deliveryIds ?? (await listOutcomes(stored.eventId)).filter(isOpen).map(({ id }) => id);
    const waited = await waitForFirstAttempts(ids, seconds * 1_000, gone.signal);
    const outcomes = await listOutcomes(stored.eventId);
    const complete = !outcomes.some(isOpen);
    const headers = waited ? { "preference-applied": `wait=${seconds}` } : undefined;
    return { status, headers, body: { ...body, complete, outcomes: outcomes.map(outcomeBody) } };
  } catch (error) {
    // The event is stored for good: the caller hears that, and that nothing was waited for.
    log("warn", "outcomes", errorFields(error));
    return { status, body };
  }
}

function outcomeBody({ id, endpointId, attempts, ...outcome }: DeliveryOutcome) {
  return { id: formatId("dlv", id), endpoint: formatId("ep", endpointId), attemptCount: attempts, ...outcome };
}
