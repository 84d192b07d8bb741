import { readableText } from "../bodies/readable.ts";
import { isNested, parseExactly, scalarText } from "../formats/parsed-event.ts";
import { MAX_CUSTOMER_LENGTH } from "../ingest/limits.ts";
import type { Call } from "../providers/call.ts";
import { isStorable } from "../storable-text.ts";
import type { Part } from "./judge.ts";
import type { OpenSource } from "./open-source.ts";

const HEADER = "header:";

/** Whose event it is, by what stands where the source says: a dotted path in the body, or `header:x-name`. */
export function customerOf({ customerAt }: Pick<OpenSource, "customerAt">, part: Part, call: Call): string | undefined {
  if (!customerAt) return undefined;
  const found = customerAt.startsWith(HEADER)
    ? (call.headers.get(customerAt.slice(HEADER.length).toLowerCase()) ?? "")
    : textAt(part, customerAt);
  // Nobody can be called that: such an event belongs to no one, and reaches no customer's endpoint.
  return found !== "" && found.length <= MAX_CUSTOMER_LENGTH && isStorable(found) ? found : undefined;
}

/** With all digits of a number: ids are often longer than a number here can be. */
function textAt({ body, contentType }: Part, path: string): string {
  const text = readableText(body, contentType);
  const value = text === null ? undefined : path.split(".").reduce<unknown>(step, parseExactly(text));
  return typeof value === "boolean" || isNested(value) ? "" : scalarText(value);
}

function step(value: unknown, name: string): unknown {
  return isNested(value) && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
