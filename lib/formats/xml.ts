import type { OutgoingFormat } from "./outgoing.ts";
import { fromText, isNested, isRawNumber, type ParsedEvent, scalarText } from "./parsed-event.ts";

/** XML 1.0: an element per field, `<item>` per element of a list, `type` where a value is no text. */
export const xml: OutgoingFormat = { one: fromText("application/xml; charset=utf-8", xmlText) };

export function xmlText({ id, type, timestamp, data }: ParsedEvent): string {
  const attributes = `id="${escaped(id)}" type="${escaped(type)}" timestamp="${escaped(timestamp)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<event ${attributes}>${element("data", data)}</event>\n`;
}

function element(name: string, value: unknown): string {
  // A key that is no XML name keeps its text in an attribute.
  const [tag, named] = NAME.test(name) ? [name, ""] : ["field", ` name="${escaped(name)}"`];
  const kind = kindOf(value);
  const start = `<${tag}${named}${kind ? ` type="${kind}"` : ""}`;
  const inner = content(value);
  return inner === "" ? `${start}/>` : `${start}>${inner}</${tag}>`;
}

function kindOf(value: unknown): string | null {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number" || isRawNumber(value)) return "number";
  return typeof value === "boolean" ? "boolean" : null;
}

function content(value: unknown): string {
  if (!isNested(value)) return escaped(scalarText(value));
  if (Array.isArray(value)) return value.map((one) => element("item", one)).join("");
  return Object.entries(value)
    .map(([key, one]) => element(key, one))
    .join("");
}

/** Names that begin with `xml` are reserved, and `field` is ours. */
const NAME = /^(?!xml)(?!field$)[A-Za-z_][A-Za-z0-9_.-]*$/i;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" };
/** XML 1.0 has no way to write these, not even as entities. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(UNWRITABLE, "\ufffd")
    .replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);
}
