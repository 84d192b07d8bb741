import { OUTCOMES } from "../delivery/outcomes.ts";
import { parseId } from "../ids.ts";
import { readAttempts } from "./attempt-counts.ts";
import { readBody } from "./body-condition.ts";
import { readCode } from "./codes.ts";
import { oneOf, someOf, when, wordUpTo } from "./field-values.ts";
import type { Fields } from "./read-search.ts";
import { RANGE_WORDS } from "./spans.ts";

/** Statuses a list can be narrowed to; `sending` is derived and is stored as queued or retrying. */
export const FILTER_STATUSES = ["queued", "retrying", "failed", "delivered", "held", "discarded"] as const;

const word = wordUpTo(256);

/** What can be typed into the search of the deliveries. */
export const DELIVERY_FIELDS: Fields = {
  status: {
    parameter: "status",
    many: true,
    read: someOf(FILTER_STATUSES),
    takes: `takes ${FILTER_STATUSES.join(", ")}`,
  },
  code: { parameter: "code", read: when(readCode), takes: "takes a status code such as 503, or a class such as 5xx" },
  error: { parameter: "outcome", read: oneOf(OUTCOMES), takes: `takes ${OUTCOMES.join(", ")}` },
  attempts: { parameter: "attempts", read: when(readAttempts), takes: "takes a number such as 3, >3, <3 or 2-5" },
  type: { parameter: "type", read: wordUpTo(128), takes: "takes an event type, or order.* for all below" },
  endpoint: { parameter: "endpoint", read: endpoint, takes: "takes an ID that starts with ep_, or part of a URL" },
  customer: { parameter: "customer", read: word, takes: "takes a customer's own ID" },
  event: {
    parameter: "event",
    read: when((value) => parseId("evt", value)),
    takes: "takes an event's ID, which starts with evt_",
  },
  last: { parameter: "range", read: oneOf(RANGE_WORDS), takes: `takes ${RANGE_WORDS.join(", ")}` },
  "body.": { parameter: "body", many: true, read: when(readBody), takes: "takes a value, as in body.order.id:123" },
};

function endpoint(value: string): string | null {
  if (value.startsWith("ep_")) return parseId("ep", value) === null ? null : value;
  return wordUpTo(200)(value);
}
