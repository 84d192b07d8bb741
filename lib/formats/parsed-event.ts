import { isJson } from "./content-type.ts";
import type { FormattedEvent, OutgoingFormat } from "./outgoing.ts";

/** An event whose payload was parsed, for formats that need its fields. Nothing in here needs Node, so that previews can use it. */
export type ParsedEvent = {
  id: string;
  type: string;
  /** RFC 3339, in UTC. */
  timestamp: string;
  data: unknown;
  link: string | null;
};

/** A format that writes text from an event's fields. */
export function fromText(contentType: string, text: (event: ParsedEvent) => string): OutgoingFormat["one"] {
  return (event) => ({ contentType, body: Buffer.from(text(parsedEvent(event))) });
}

function parsedEvent({ id, type, occurredAt, payload, contentType, link }: FormattedEvent): ParsedEvent {
  const text = payload.toString();
  return { id, type, timestamp: occurredAt.toISOString(), data: isJson(contentType) ? parseExactly(text) : text, link };
}

/** A number that JavaScript cannot hold, with its digits. */
type RawNumber = { rawJSON: string };
// Known to Node and to browsers, not yet to the compiler's list of what there is.
const JSON_WITH_SOURCE = JSON as unknown as {
  parse: (text: string, reviver: (key: string, value: unknown, context?: { source?: string }) => unknown) => unknown;
  rawJSON?: (text: string) => RawNumber;
};

/** JSON with every number's digits kept: ids beyond 2^53 are common, and nobody notices when their last digits change. */
export function parseExactly(text: string): unknown {
  return JSON_WITH_SOURCE.parse(text, (_key, value, context) => {
    if (typeof value !== "number" || !context?.source || String(value) === context.source) return value;
    return JSON_WITH_SOURCE.rawJSON?.(context.source) ?? value;
  });
}

export function isRawNumber(value: unknown): value is RawNumber {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null && "rawJSON" in value;
}

/** Objects and arrays; everything else is written as one text. */
export function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null && !isRawNumber(value);
}

/** The text of a value that is not nested; nothing for null. */
export function scalarText(value: unknown): string {
  if (isRawNumber(value)) return value.rawJSON;
  return value === null || value === undefined ? "" : String(value);
}
