import { createHash } from "node:crypto";
import { type Call, provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import { brokenJson, formFields, hasTooManyFields, isForm, jsonFields, textOf } from "./reading.ts";

const HEADER = "x-twilio-signature";

/** Base64 HMAC-SHA1 over the public URL, followed by a form's sorted fields, or with a JSON body's hash in the URL. */
export const twilio: Provider = {
  label: "Twilio",
  secret: { label: "Auth token", hint: "The primary auth token of the account or subaccount that sends" },
  prove(call, secrets) {
    const given = call.headers.get(HEADER);
    if (given === undefined) return refuse({ code: "header_missing", header: HEADER });
    const isRead = isForm(call) && !hasTooManyFields(call);
    // Without the hash the signature would stand for the URL only.
    if (!isRead && call.body.length > 0 && !coversBody(call)) return refuse({ code: "body_not_signed" });
    const fields = sortedFields(formFields(call));
    return provenBy(secrets, (key) =>
      signedUrls(call.url).some((url) =>
        isEqual(given, signatureOf({ algorithm: "sha1", encoding: "base64", key }, url, fields)),
      ),
    );
  },
  unreadable: brokenJson,
  // One that is configured so puts everything into the query.
  methods: ["POST", "GET"],
  read(call) {
    const form = isForm(call) ? formFields(call) : new URL(call.url).searchParams;
    const json = isForm(call) ? {} : jsonFields(call);
    const token = call.headers.get("i-twilio-idempotency-token");
    const message = form.get("MessageSid") ?? form.get("SmsSid");
    const status = form.get("MessageStatus") ?? form.get("SmsStatus") ?? form.get("CallStatus");
    const about = message ? "message" : form.has("CallSid") ? "call" : null;
    const sid = message ?? form.get("CallSid");
    const type = textOf(json.type) ?? (about && status ? `${about}.${status}` : about);
    if (token) return { type, id: token };
    // Each step of a call comes with the same id and status.
    return sid ? { type, id: status ? `${sid} ${status}` : sid, weak: true } : { type, id: textOf(json.id) };
  },
};

/** Names in byte order, a repeated name's values once each and sorted: name and value, nothing between. */
export function sortedFields(form: URLSearchParams): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of form) values.set(name, (values.get(name) ?? new Set()).add(value));
  return [...values.keys()]
    .sort(inOrder)
    .flatMap((name) => [...(values.get(name) ?? [])].sort(inOrder).map((value) => name + value))
    .join("");
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function coversBody({ url, body }: Call): boolean {
  const given = new URL(url).searchParams.get("bodySHA256");
  return given !== null && isEqual(given.toLowerCase(), createHash("sha256").update(body).digest("hex"));
}

/** Its back ends differ in whether the default port is part of what they sign. */
function signedUrls(url: string): string[] {
  const { protocol, host, port } = new URL(url);
  if (port) return [url, url.replace(`//${host}`, `//${host.slice(0, -port.length - 1)}`)];
  return [url, url.replace(`//${host}`, `//${host}:${protocol === "https:" ? 443 : 80}`)];
}
