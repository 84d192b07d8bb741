import { readableText } from "../bodies/readable.ts";
import { parseJson } from "../event-types/json-text.ts";
import { type Filter, unclear, type Verdict } from "./filter.ts";

type Stored = { data: Buffer; contentType?: string };

/** As deep as an event may be. */
const MAX_DEPTH = 512;
/** All filters that are asked about one event, together. */
const MOST_MS = 1_000;
const NO_FIELDS: Verdict = {
  wanted: false,
  reason: "Filtered out: the filter's conditions are about fields, and this event's data is no JSON, form or XML",
  unclear: false,
};

const TOO_MANY = unclear("the filters that were asked before it took too long");

/** Asks filters about one event. Its payload is parsed when the first one is asked, and once. */
export function judgeOf({ data, contentType = "application/json" }: Stored): (filter: Filter) => Verdict {
  let read: Read | undefined;
  let spentMs = 0;
  return (filter) => {
    if (spentMs > MOST_MS) return TOO_MANY;
    const began = performance.now();
    read ??= readingOf(data, contentType);
    const verdict = read.ok ? filter.judge(read.value, read.bytes) : NO_FIELDS;
    spentMs += performance.now() - began;
    return verdict;
  };
}

type Read = { ok: true; value: unknown; bytes: number } | { ok: false };

function readingOf(data: Buffer, contentType: string): Read {
  const text = readableText(data, contentType);
  const parsed = text === null ? null : parseJson(text, MAX_DEPTH);
  // Fields that stand in a form may be longer as JSON than they came.
  return parsed?.ok
    ? { ok: true, value: parsed.value, bytes: Math.max(data.length, text?.length ?? 0) }
    : { ok: false };
}
