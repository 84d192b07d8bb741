import { clockFault, provenBy, refuse } from "./call.ts";
import { configuredReading } from "./configured.ts";
import { isEqual, signatureOf } from "./digest.ts";
import { ANY_METHOD, type Provider } from "./provider.ts";
import type { SignatureSettings } from "./settings.ts";

export const DEFAULT_SIGNATURE: SignatureSettings = { header: "x-signature", algorithm: "sha256", encoding: "hex" };

/** Any sender that signs with a shared secret: which header, algorithm, encoding and text, the source says. */
export const hmac: Provider = {
  label: "HMAC",
  secret: { label: "Signing secret", hint: "The key both sides know" },
  prove(call, secrets, { signature = DEFAULT_SIGNATURE }) {
    const header = signature.header.toLowerCase();
    const given = call.headers.get(header);
    if (given === undefined) return refuse({ code: "header_missing", header });
    const { prefix = "", timestampHeader, template = "{body}" } = signature;
    if (!given.startsWith(prefix)) return refuse({ code: "header_malformed", header });
    const time = timestampHeader ? call.headers.get(timestampHeader.toLowerCase()) : "";
    if (time === undefined) return refuse({ code: "header_missing", header: timestampHeader?.toLowerCase() ?? "" });
    const fault = timestampHeader ? clockFault(call, time, timestampHeader.toLowerCase()) : null;
    if (fault) return refuse(fault);
    const shown = given.slice(prefix.length);
    const text = signature.encoding === "hex" ? shown.toLowerCase() : shown;
    const parts = signedParts(template, time, call.body);
    return provenBy(secrets, (key) => isEqual(text, signatureOf({ ...signature, key }, ...parts)));
  },
  methods: ANY_METHOD,
  read: configuredReading,
};

/** `{timestamp}.{body}` as what is signed, one part after the other. */
export function signedParts(template: string, time: string, body: Buffer): (string | Buffer)[] {
  return template
    .split(/(\{body\}|\{timestamp\})/)
    .map((part) => (part === "{body}" ? body : part === "{timestamp}" ? time : part));
}
