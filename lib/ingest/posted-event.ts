import { isUtf8 } from "node:buffer";
import { type Refusal, refusal } from "../api/problem.ts";
import { type EventInput, parseEventInput } from "./input.ts";
import { depthOf, type Member, membersOf } from "./json-scanner.ts";
import { MAX_DEPTH } from "./limits.ts";
import type { NewEvent } from "./new-event.ts";

/** An event as it was posted; whose it is stands in the key that posted it. */
export type PostedEvent = Omit<NewEvent, "workspaceId">;
export type Parsed<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export function bad<T>(why: Refusal): Parsed<T> {
  return { ok: false, refusal: why };
}

/** Reads one posted event: an envelope whose `data` is kept byte for byte. */
export function parsePostedEvent(body: Buffer): Parsed<PostedEvent> {
  const parsed = parseJsonBytes(body);
  return parsed.ok ? readEnvelope(body, parsed.value) : parsed;
}

/** Bytes as JSON: UTF-8 without a byte order mark, nested no deeper than we go. */
export function parseJsonBytes(bytes: Buffer): Parsed<unknown> {
  if (bytes.length === 0) return bad(refusal("invalid_json", "The body is empty: post a JSON object"));
  if (!isUtf8(bytes)) return bad(refusal("invalid_json", "The body is not valid UTF-8"));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return bad(refusal("invalid_json", "The body begins with a byte order mark: leave it out"));
  }
  if (depthOf(bytes) > MAX_DEPTH) {
    return bad(refusal("invalid_json", `Arrays and objects stand more than ${MAX_DEPTH} deep in each other`));
  }
  try {
    return { ok: true, value: JSON.parse(bytes.toString("utf8")) };
  } catch (error) {
    // There is no other way to ask whether a text is JSON. The message would repeat what was sent: it stays here.
    const position = /position \d+/.exec(error instanceof Error ? error.message : "")?.[0];
    return bad(refusal("invalid_json", `The body is not valid JSON${position ? ` (at ${position})` : ""}`));
  }
}

/** Checks an envelope that was parsed from these bytes; `at` is where it stands, such as `[3]` in a batch. */
export function readEnvelope(bytes: Buffer, value: unknown, at = ""): Parsed<PostedEvent> {
  const checked = parseEventInput(value, at);
  if (!checked.ok) {
    const [first] = checked.errors;
    const detail = first ? `${first.path || "The body"} ${first.message}` : "The event is not valid";
    return bad(refusal(checked.code, detail, checked.errors));
  }
  const members = membersOf(bytes);
  const double = doubleMember(members, at);
  if (double) return double;
  const data = members.find(({ key }) => key === "data");
  if (!data) throw new Error("An envelope was found valid without data");
  return { ok: true, value: postedEvent(checked.input, bytes.subarray(data.start, data.end)) };
}

/** A field that stands twice means one thing to one reader and another to the next. */
export function doubleMember(members: Member[], at: string): Parsed<never> | null {
  const double = members.find(({ key }, index) => members.findIndex((member) => member.key === key) !== index);
  if (!double) return null;
  const path = at ? `${at}.${double.key}` : double.key;
  const detail = `${path} stands twice in the event: send each field once`;
  return bad(refusal("malformed", detail, [{ path, message: "stands twice" }]));
}

export function postedEvent(input: EventInput, data: Buffer): PostedEvent {
  const { type, customer, timestamp, deliverAt, orderingKey, id, tags } = input;
  return {
    type,
    data,
    customer,
    tags,
    orderingKey,
    idempotencyKey: id,
    occurredAt: timestamp === undefined ? undefined : new Date(timestamp),
    deliverAt: deliverAt === undefined ? undefined : new Date(deliverAt),
  };
}
