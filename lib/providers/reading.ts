import type { Call } from "./call.ts";

/** What a believed call says of itself. */
export type Reading = {
  /** The provider's word for what happened, as it writes it; null = it does not say. */
  type: string | null;
  /** The provider's id of this delivery, the same when it is sent again; null = it has none. */
  id: string | null;
  /** The id alone does not tell two deliveries apart: a hash of the body belongs to it. */
  weak?: boolean;
  /** Which time the provider sends it, from 1, when it says so. */
  attempt?: number;
};

/** An answer that a call gets instead of becoming an event. */
export type Answer = { status: number; contentType?: string; body?: string };

export type Fields = Record<string, unknown>;

/** The body as a JSON object, or an empty one: what has no such field is read as not saying it. */
export function jsonFields(call: Call): Fields {
  try {
    return fieldsOf(JSON.parse(call.body.toString()));
  } catch {
    // Not JSON: it says nothing that is looked for here, and stays as it came.
    return Object.create(null);
  }
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : Object.create(null);
}

/** A text or a number as text; null for anything else, and for what is empty. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value || null;
  return typeof value === "number" ? String(value) : null;
}

/** The value at a dotted path, such as `event.type`. */
export function atPath(fields: Fields, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    const inner = fieldsOf(value);
    return Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, fields);
}

export function isForm(call: Call): boolean {
  return mediaType(call) === "application/x-www-form-urlencoded";
}

export function mediaType(call: Call): string {
  return (call.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** No provider sends so many; taking a body of nothing else apart would hold the process up for half a minute. */
const MAX_FORM_FIELDS = 10_000;
const AMPERSAND = 0x26;

/** A form's fields; none for anything else, and for a form of too many. */
export function formFields(call: Call): URLSearchParams {
  return new URLSearchParams(isForm(call) && !hasTooManyFields(call) ? call.body.toString() : "");
}

export function hasTooManyFields({ body }: Call): boolean {
  let fields = 1;
  for (let at = body.indexOf(AMPERSAND); at !== -1; at = body.indexOf(AMPERSAND, at + 1)) {
    fields += 1;
    if (fields > MAX_FORM_FIELDS) return true;
  }
  return false;
}

/** The same, also of a form whose `payload` field holds the JSON. */
export function brokenPayload(call: Call): string | null {
  const payload = formFields(call).get("payload");
  if (payload === null || isJsonText(Buffer.from(payload))) return brokenJson(call);
  return "Its field payload is not JSON";
}

/** Why a body that says it is JSON is none; null = it is, or does not say so. */
export function brokenJson(call: Call): string | null {
  if (!/[/+]json$/.test(mediaType(call))) return null;
  return isJsonText(call.body) ? null : "The body says it is JSON and is not";
}

/** A byte order mark is kept, and refused as JSON asks. */
const STRICTLY_UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function isJsonText(bytes: Buffer): boolean {
  try {
    JSON.parse(STRICTLY_UTF8.decode(bytes));
    return true;
  } catch {
    // What is wrong with it is the sender's to find out.
    return false;
  }
}

/** A form's `payload` field, which holds JSON. */
export function payloadField(form: URLSearchParams, name = "payload"): Fields {
  try {
    return fieldsOf(JSON.parse(form.get(name) ?? ""));
  } catch {
    // Not JSON: it says nothing that is looked for.
    return Object.create(null);
  }
}
