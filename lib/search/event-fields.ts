import { parseId } from "../ids.ts";
import { readBody } from "./body-condition.ts";
import { oneOf, when, wordUpTo } from "./field-values.ts";
import type { Fields } from "./read-search.ts";
import { RANGE_WORDS } from "./spans.ts";

const word = wordUpTo(256);

/** What can be typed into the search of the events. */
export const EVENT_FIELDS: Fields = {
  type: { parameter: "type", read: wordUpTo(128), takes: "takes an event type, or order.* for all below" },
  customer: { parameter: "customer", read: word, takes: "takes a customer's own ID" },
  key: { parameter: "key", read: word, takes: "takes an idempotency key" },
  source: {
    parameter: "source",
    read: when((value) => parseId("src", value) && value),
    takes: "takes a source's ID, which starts with src_",
  },
  last: { parameter: "range", read: oneOf(RANGE_WORDS), takes: `takes ${RANGE_WORDS.join(", ")}` },
  "body.": { parameter: "body", many: true, read: when(readBody), takes: "takes a value, as in body.order.id:123" },
};
