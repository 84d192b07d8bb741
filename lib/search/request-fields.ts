import { VERDICTS } from "../sources/states.ts";
import { readBody } from "./body-condition.ts";
import { readCode } from "./codes.ts";
import { oneOf, when, wordUpTo } from "./field-values.ts";
import type { Fields } from "./read-search.ts";
import { RANGE_WORDS } from "./spans.ts";

/** What a list of requests can be narrowed to: a verdict, or all that are kept apart. */
export const FILTER_VERDICTS = [...VERDICTS, "quarantined"] as const;
export const FILTER_METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE"] as const;

/** What can be typed into the search of a source's requests. */
export const REQUEST_FIELDS: Fields = {
  verdict: { parameter: "verdict", read: oneOf(FILTER_VERDICTS), takes: `takes ${FILTER_VERDICTS.join(", ")}` },
  code: { parameter: "code", read: when(readCode), takes: "takes a status code such as 401, or a class such as 4xx" },
  method: {
    parameter: "method",
    read: (value) => oneOf(FILTER_METHODS.map((name) => name.toLowerCase()))(value)?.toUpperCase() ?? null,
    takes: `takes ${FILTER_METHODS.join(", ")}`,
  },
  type: { parameter: "type", read: wordUpTo(128), takes: "takes the provider's own type, or charge.* for all below" },
  last: { parameter: "range", read: oneOf(RANGE_WORDS), takes: `takes ${RANGE_WORDS.join(", ")}` },
  "body.": { parameter: "body", many: true, read: when(readBody), takes: "takes a value, as in body.data.id:123" },
};
