import { answerWord, OUTCOME_WORDS } from "../delivery/outcome-words.ts";
import { formatId } from "../ids.ts";
import type { DeliveryFilter } from "../reports/delivery-filter.ts";
import type { EventFilter } from "../reports/event-filter.ts";
import type { JobKind, JobScope } from "./scope.ts";

type Names = {
  /** What people call an endpoint, by its id. */
  endpoint: (id: string) => string;
};

/** What a job runs over, in a sentence without its times: `Retry failed deliveries of order.created to Acme billing`. */
export function sentenceOf(kind: JobKind, scope: JobScope, names: Names): string {
  return kind === "retry" ? `Retry ${deliveriesWords(scope, names)}` : `Replay ${eventsWords(scope, names)}`;
}

function deliveriesWords({ over }: JobScope, names: Names): string {
  switch (over.by) {
    case "deliveries":
      return filterWords(over.filter, names);
    case "failures":
      return `what failed in ${formatId("job", over.jobId)}`;
    default:
      return counted(over.by === "ids" ? over.ids.length : 0, "selected delivery", "selected deliveries");
  }
}

function filterWords(filter: DeliveryFilter, names: Names): string {
  const { status, eventType, endpointId, endpointText, eventId, customer, outcome, code, attempts, text, body } =
    filter;
  const parts = [
    status?.length ? `${status.join(" or ")} deliveries` : "deliveries",
    eventType && `of ${eventType}`,
    eventId && `of ${formatId("evt", eventId)}`,
    endpointId && `to ${names.endpoint(endpointId)}`,
    endpointText && `to endpoints with “${endpointText}”`,
    customer && `for customer ${customer}`,
    (outcome || code) && `whose last attempt ended with ${endWords(outcome ?? null, code ?? null)}`,
    attempts && `after ${spanWords(attempts)} attempts`,
    text && `that match “${text}”`,
    ...(body ?? []).map(({ path, value }) => `whose ${path.join(".")} is “${value}”`),
  ];
  return parts.filter(Boolean).join(" ");
}

function endWords(outcome: DeliveryFilter["outcome"], code: DeliveryFilter["code"]): string {
  if (!code) return outcome ? OUTCOME_WORDS[outcome] : "";
  const isOne = code.least === code.most;
  return isOne ? answerWord("http_error", code.least) : `${Math.floor(code.least / 100)}xx`;
}

function spanWords({ least, most }: NonNullable<DeliveryFilter["attempts"]>): string {
  if (most === null) return `${least} or more`;
  return least === most ? String(least) : `${least} to ${most}`;
}

function eventsWords({ over, endpointId, onlyMissing }: JobScope, names: Names): string {
  const what = over.by === "events" ? eventFilterWords(over.filter) : counted(namedCount(over), "event");
  const missing = onlyMissing ? "that were never sent there" : "";
  const where = endpointId ? `to ${names.endpoint(endpointId)}` : "to all endpoints that want them";
  return [what, where, missing].filter(Boolean).join(" ");
}

function eventFilterWords({ type, customer, idempotencyKey, sourceId, text, body }: EventFilter): string {
  const parts = [
    "events",
    type && `of ${type}`,
    customer && `of customer ${customer}`,
    idempotencyKey && `with the key ${idempotencyKey}`,
    sourceId && `from ${formatId("src", sourceId)}`,
    text && `that match “${text}”`,
    ...(body ?? []).map(({ path, value }) => `whose ${path.join(".")} is “${value}”`),
  ];
  return parts.filter(Boolean).join(" ");
}

function namedCount(over: JobScope["over"]): number {
  return over.by === "ids" ? over.ids.length : 0;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
