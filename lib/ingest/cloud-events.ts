import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { refusal } from "../api/problem.ts";
import { binaryData, type CloudData, complainer, structuredData } from "./cloud-event-data.ts";
import { parseEventInput } from "./input.ts";
import { membersOf } from "./json-scanner.ts";
import { MAX_KEY_LENGTH } from "./limits.ts";
import { bad, doubleMember, type Parsed, type PostedEvent, parseJsonBytes, postedEvent } from "./posted-event.ts";

// CloudEvents 1.0: https://github.com/cloudevents/spec. `type` and `time` are what ours are; `source` and `id` together
// make a call safe to repeat, as the specification says; `customer`, `partitionkey` and `deliverat` are extensions with
// a meaning here. `source`, `subject`, `dataschema` and all other extensions become tags.

const VERSION = "1.0";
const NAME = /^[a-z0-9]+$/;
/** Attributes that say what an event is here; the others are kept as tags. */
const FIELDS = new Map([
  ["type", "type"],
  ["time", "timestamp"],
  ["customer", "customer"],
  ["partitionkey", "orderingKey"],
  ["deliverat", "deliverAt"],
]);
const NO_TAGS = new Set(["specversion", "id", "datacontenttype"]);
const NAMES = new Map([...FIELDS].map(([attribute, field]) => [field, attribute]));

/** An event whose attributes and data are one JSON object. */
export function parseStructured(body: Buffer): Parsed<PostedEvent> {
  const parsed = parseJsonBytes(body);
  return parsed.ok ? readStructured(body, parsed.value) : parsed;
}

/** Checks an event that was parsed from these bytes; `at` is where it stands, such as `[3]` in a batch. */
export function readStructured(bytes: Buffer, value: unknown, at = ""): Parsed<PostedEvent> {
  const pathOf = (name: string) => (at ? `${at}.${name}` : name);
  const complain = complainer(pathOf);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return bad(
      refusal("invalid_field", `${at || "The body"} must be a JSON object`, [
        { path: at, message: "must be a JSON object" },
      ]),
    );
  }
  const members = membersOf(bytes);
  const double = doubleMember(members, at);
  if (double) return double;
  const attributes = new Map<string, unknown>();
  for (const [name, given] of Object.entries(value)) {
    if (name === "data" || name === "data_base64" || given === null) continue;
    if (!NAME.test(name)) return complain(name, "is no attribute: names are lower-case letters and digits");
    attributes.set(name, given);
  }
  const data = members.find(({ key }) => key === "data");
  const event: Record<string, unknown> = { ...value };
  const read = structuredData(event, data ? bytes.subarray(data.start, data.end) : null, complain);
  return read.ok ? readAttributes(attributes, read.value, pathOf) : read;
}

const PREFIX = "ce-";

/** An event whose attributes are headers and whose data is the body. */
export function parseBinary(headers: IncomingHttpHeaders, body: Buffer): Parsed<PostedEvent> {
  const pathOf = (name: string) => PREFIX + name;
  const complain = complainer(pathOf);
  const attributes = new Map<string, unknown>();
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(PREFIX)) continue;
    const name = header.slice(PREFIX.length);
    if (!NAME.test(name)) return complain(name, "is no attribute: names are lower-case letters and digits");
    if (name === "datacontenttype") return complain(name, "is not taken: Content-Type says what the data is");
    const text = headerText(String(value));
    if (text === null) return complain(name, "must be percent-encoded UTF-8");
    attributes.set(name, text);
  }
  const data = binaryData(body, headers["content-type"]);
  return data.ok ? readAttributes(attributes, data.value, pathOf) : data;
}

/** A header's value as the HTTP binding writes it: percent-encoded, maybe in quotes. */
function headerText(value: string): string | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1]?.replace(/\\(.)/g, "$1") ?? value;
  if (!/^[\x20-\x7e]*$/.test(quoted)) return null;
  try {
    return decodeURIComponent(quoted);
  } catch {
    // There is no other way to ask whether a text is percent-encoded.
    return null;
  }
}

function readAttributes(
  attributes: Map<string, unknown>,
  { bytes, contentType }: CloudData,
  pathOf: (name: string) => string,
): Parsed<PostedEvent> {
  const complain = complainer(pathOf);
  if (attributes.get("specversion") !== VERSION) return complain("specversion", `must be ${VERSION}`);
  for (const name of ["id", "source"]) {
    const value = attributes.get(name);
    if (typeof value !== "string" || value === "") return complain(name, "is missing: every CloudEvent has one");
  }
  const envelope: Record<string, unknown> = { data: true, id: keyOf(attributes) };
  const tags: Record<string, string> = {};
  for (const [name, value] of attributes) {
    const text = textOf(value);
    if (text === null) return complain(name, "must be a string, a whole number or a boolean");
    const field = FIELDS.get(name);
    if (field !== undefined) envelope[field] = text;
    else if (!NO_TAGS.has(name)) tags[name] = text;
  }
  const checked = parseEventInput({ ...envelope, tags });
  if (checked.ok) return { ok: true, value: { ...postedEvent(checked.input, bytes), contentType } };
  const errors = checked.errors.map(({ path, message }) => ({ path: pathOf(attributeAt(path)), message }));
  const [first] = errors;
  return bad(refusal(checked.code, first ? `${first.path} ${first.message}` : "The event is not valid", errors));
}

/** The names our envelope's fields have in a CloudEvent. */
function attributeAt(path: string): string {
  return NAMES.get(path) ?? path.replace(/^tags\./, "");
}

function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "boolean" || Number.isInteger(value) ? String(value) : null;
}

/** A source is a URI and has no spaces, so the two cannot be mistaken. A long pair is remembered by its hash. */
function keyOf(attributes: Map<string, unknown>): string {
  const key = `${attributes.get("source")} ${attributes.get("id")}`;
  return key.length <= MAX_KEY_LENGTH ? key : `sha256:${hash("sha256", key)}`;
}
