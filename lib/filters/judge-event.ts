import { type ParsedJson, parseJson } from "../event-types/json-text.ts";
import { isJson } from "../formats/content-type.ts";
import { type Filter, unclear, type Verdict } from "./filter.ts";

type Stored = { data: Buffer; contentType?: string };

/** As deep as an event may be. */
const MAX_DEPTH = 512;
/** All filters that are asked about one event, together. */
const MOST_MS = 1_000;
const NO_JSON: Verdict = {
  wanted: false,
  reason: "Filtered out: the filter's conditions are about JSON, which this event's data is not",
  unclear: false,
};

const TOO_MANY = unclear("the filters that were asked before it took too long");

/** Asks filters about one event. Its payload is parsed when the first one is asked, and once. */
export function judgeOf({ data, contentType = "application/json" }: Stored): (filter: Filter) => Verdict {
  let parsed: ParsedJson | undefined;
  let spentMs = 0;
  return (filter) => {
    if (!isJson(contentType)) return NO_JSON;
    if (spentMs > MOST_MS) return TOO_MANY;
    const began = performance.now();
    parsed ??= parseJson(data.toString("utf8"), MAX_DEPTH);
    const verdict = parsed.ok ? filter.judge(parsed.value, data.length) : NO_JSON;
    spentMs += performance.now() - began;
    return verdict;
  };
}
