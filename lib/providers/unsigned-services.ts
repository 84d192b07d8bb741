import { type Call, type Proof, refuse } from "./call.ts";
import { configuredReading } from "./configured.ts";
import { proveBasic, proveToken } from "./credentials.ts";
import { ANY_METHOD, type Provider } from "./provider.ts";
import { atPath, brokenPayload, formFields, payloadField, textOf } from "./reading.ts";
import type { Settings } from "./settings.ts";

// Services that sign nothing. What proves them is a secret in the pasted URL (`?secret=…`), or a password in it, which
// reaches us as basic authentication.

const IN_URL = "secret";
const URL_SECRET = { label: "Secret in the URL", hint: "Any long text; it becomes part of the URL to paste" };

export const mailchimp: Provider = {
  label: "Mailchimp",
  secret: URL_SECRET,
  prove: proveShown,
  read(call) {
    // `fired_at` and the ids in the body tell two of them apart.
    return { type: formFields(call).get("type"), id: null };
  },
  unsignedHandshake: true,
  handshake: (call) => (call.method === "POST" && call.body.length === 0 ? { status: 200 } : null),
};

export const papertrail: Provider = {
  label: "Papertrail",
  secret: URL_SECRET,
  prove: proveShown,
  unreadable: brokenPayload,
  read(call) {
    const payload = payloadField(formFields(call));
    const ids = ["saved_search.id", "min_id", "max_id"].map((path) => textOf(atPath(payload, path)));
    const isComplete = ids.every((id) => id !== null);
    return { type: textOf(atPath(payload, "saved_search.name")), id: isComplete ? ids.join(" ") : null };
  },
};

export const wordpress: Provider = {
  label: "WordPress",
  secret: { label: "Secret", hint: "user:password, a token, or a text in the URL, as the plugin sends it" },
  prove: proveShown,
  methods: ANY_METHOD,
  read: configuredReading,
};

export const zapier: Provider = {
  label: "Zapier",
  secret: { label: "Token", hint: "Sent by the Zap in a header you name, or as user:password" },
  prove: proveShown,
  methods: ANY_METHOD,
  read: configuredReading,
};

/** Whichever way the secret is shown: in the URL, as a header, or as a password. */
function proveShown(call: Call, secrets: readonly string[], { header }: Settings): Proof {
  if (header && call.headers.has(header.toLowerCase())) return proveToken(call, secrets, header);
  const inUrl = new URL(call.url).searchParams.get(IN_URL);
  if (inUrl !== null) return proveToken({ ...call, headers: new Map([["url", inUrl]]) }, secrets, "url");
  const given = call.headers.get("authorization");
  if (given === undefined) return refuse({ code: "header_missing", header: header?.toLowerCase() ?? "authorization" });
  return /^basic /i.test(given) ? proveBasic(call, secrets) : proveToken(call, secrets, "authorization");
}
