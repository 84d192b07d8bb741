import { gunzipSync } from "node:zlib";
import { MAX_EVENT_BYTES } from "../ingest/limits.ts";
import type { Call } from "../providers/call.ts";
import { hasTooManyFields, isForm } from "../providers/reading.ts";

/** What was done to a body between the sender and here. */
export const ALTERATIONS = [
  "newline_added",
  "newline_removed",
  "line_ends",
  "byte_order_mark",
  "unpacked",
  "spaces",
  "escapes",
  "form",
] as const;
export type Alteration = (typeof ALTERATIONS)[number];

/** What the sender may have signed, made from what came. */
export type Original = { how: Alteration; body: Buffer };

/** Reading JSON and writing it six ways takes time; a larger body is looked at as bytes only. */
const LARGEST_REWRITTEN = 256 * 1_024;
const LF = 0x0a;
const CR = 0x0d;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bodies that proxies and frameworks usually make this one out of, the likeliest first. */
export function* originalsOf(call: Call): Generator<Original> {
  yield* byteOriginals(call.body);
  yield* unpacked(call);
  if (call.body.length > LARGEST_REWRITTEN) return;
  if (!isForm(call)) yield* jsonOriginals(call.body);
  else if (!hasTooManyFields(call)) yield* formOriginals(call.body);
}

function* byteOriginals(body: Buffer): Generator<Original> {
  if (body.at(-1) === LF) {
    const end = body.at(-2) === CR ? -2 : -1;
    yield { how: "newline_added", body: body.subarray(0, end) };
  } else {
    yield { how: "newline_removed", body: Buffer.concat([body, Buffer.from("\n")]) };
    yield { how: "newline_removed", body: Buffer.concat([body, Buffer.from("\r\n")]) };
  }
  if (body.includes(LF)) {
    const text = body.toString("latin1");
    const unix = text.replaceAll("\r\n", "\n");
    yield { how: "line_ends", body: Buffer.from(text === unix ? text.replaceAll("\n", "\r\n") : unix, "latin1") };
  }
  if (body.subarray(0, 3).equals(MARK)) yield { how: "byte_order_mark", body: body.subarray(3) };
  else yield { how: "byte_order_mark", body: Buffer.concat([MARK, body]) };
}

/** Signed before it was packed. */
function* unpacked({ body }: Call): Generator<Original> {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return;
  try {
    yield { how: "unpacked", body: gunzipSync(body, { maxOutputLength: MAX_EVENT_BYTES }) };
  } catch {
    // It only begins like gzip, or it is larger than any body we take.
  }
}

function* jsonOriginals(body: Buffer): Generator<Original> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    // Not JSON: nothing has written it anew as such.
    return;
  }
  const compact = JSON.stringify(value);
  yield { how: "spaces", body: Buffer.from(compact) };
  for (const indent of [2, 4, "\t"]) yield { how: "spaces", body: Buffer.from(JSON.stringify(value, null, indent)) };
  yield { how: "spaces", body: Buffer.from(spaced(compact)) };
  for (const text of [compact, spaced(compact)]) {
    yield { how: "escapes", body: Buffer.from(ascii(text)) };
    yield { how: "escapes", body: Buffer.from(ascii(text).replaceAll("/", "\\/")) };
    yield { how: "escapes", body: Buffer.from(text.replaceAll("/", "\\/")) };
  }
}

/** A space after every colon and comma outside texts, as Python writes JSON. */
function spaced(compact: string): string {
  return compact.replace(/"(?:[^"\\]|\\.)*"|[:,]/g, (token) => (token.length === 1 ? `${token} ` : token));
}

function ascii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function* formOriginals(body: Buffer): Generator<Original> {
  const text = body.toString();
  const rewritten = new URLSearchParams(text).toString();
  yield { how: "form", body: Buffer.from(rewritten) };
  yield { how: "form", body: Buffer.from(rewritten.replaceAll("+", "%20")) };
  yield { how: "form", body: Buffer.from(text.replaceAll("%20", "+")) };
  yield { how: "form", body: Buffer.from(text.replaceAll("+", "%20")) };
}
