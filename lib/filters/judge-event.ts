import { type ParsedJson, parseJson } from "../event-types/json-text.ts";
import { isJson } from "../formats/content-type.ts";
import type { Filter, Verdict } from "./filter.ts";

type Stored = { data: Buffer; contentType?: string };

/** As deep as an event may be. */
const MAX_DEPTH = 512;
const NO_JSON: Verdict = {
  wanted: false,
  reason: "Filtered out: the filter's conditions are about JSON, which this event's data is not",
  unclear: false,
};

/** Asks filters about one event. Its payload is parsed when the first one is asked, and once. */
export function judgeOf({ data, contentType = "application/json" }: Stored): (filter: Filter) => Verdict {
  let parsed: ParsedJson | undefined;
  return (filter) => {
    if (!isJson(contentType)) return NO_JSON;
    parsed ??= parseJson(data.toString("utf8"), MAX_DEPTH);
    return parsed.ok ? filter.judge(parsed.value, data.length) : NO_JSON;
  };
}
