import { type Call, provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import { fieldsOf, formFields, hasTooManyFields, type Reading, textOf } from "./reading.ts";
import { sortedFields } from "./twilio.ts";

const HEADER = "x-mandrill-signature";
/** What the set-up's check is signed with; good for the empty list only. */
const CHECK_KEY = "test-webhook";

/** Base64 HMAC-SHA1 over the URL exactly as it was entered and the form's sorted fields; up to 1,000 events a call. */
export const mandrill: Provider = {
  label: "Mandrill",
  secret: { label: "Webhook key", hint: "The key shown beside the webhook, under Settings → Webhooks" },
  prove(call, secrets) {
    const given = call.headers.get(HEADER);
    if (given === undefined) return refuse({ code: "header_missing", header: HEADER });
    if (hasTooManyFields(call)) return refuse({ code: "body_not_signed" });
    return provenBy(secrets, (key) => isSigned(call, given, key));
  },
  unreadable: (call) => (partsOf(call) === null ? "Its field mandrill_events is not a JSON array" : null),
  read(call) {
    const [first] = eventsOf(call) ?? [];
    return first === undefined ? { type: null, id: null } : readOne(first);
  },
  unsignedHandshake: true,
  handshake(call) {
    const given = call.headers.get(HEADER) ?? "";
    const isEmpty = eventsOf(call)?.length === 0;
    return isEmpty && isSigned(call, given, CHECK_KEY) ? { status: 200 } : null;
  },
  split: partsOf,
};

function isSigned(call: Call, given: string, key: string): boolean {
  const fields = sortedFields(formFields(call));
  return isEqual(given, signatureOf({ algorithm: "sha1", encoding: "base64", key }, call.url, fields));
}

function eventsOf(call: Call): unknown[] | null {
  try {
    const events: unknown = JSON.parse(formFields(call).get("mandrill_events") ?? "");
    return Array.isArray(events) ? events : null;
  } catch {
    // Not what Mandrill sends: there are no events in it.
    return null;
  }
}

function partsOf(call: Call): { reading: Reading; body: Buffer }[] | null {
  try {
    return eventsOf(call)?.map((one) => ({ reading: readOne(one), body: Buffer.from(JSON.stringify(one)) })) ?? null;
  } catch {
    // Nested deeper than can be written: nobody's events.
    return null;
  }
}

function readOne(one: unknown): Reading {
  const { event, type, action, _id, ts } = fieldsOf(one);
  const sync = textOf(type) && textOf(action) ? `${textOf(type)}.${textOf(action)}` : null;
  const name = textOf(event) ?? sync;
  const id = textOf(_id);
  return { type: name, id: id && `${id} ${textOf(ts) ?? ""} ${name ?? ""}` };
}
