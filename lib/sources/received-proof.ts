import { type Call, TOLERANCE_SECONDS } from "../providers/call.ts";
import { DEFAULT_SIGNATURE } from "../providers/hmac.ts";
import type { ProviderName } from "../providers/names.ts";
import { isForm } from "../providers/reading.ts";
import type { Settings } from "../providers/settings.ts";

/** What a call showed as its proof, as far as it may be shown: never what would have been right. */
export type ReceivedProof = {
  /** The headers that carry the signature, as they came. */
  received: { header: string; value: string }[];
  /** What was checked against it: how it begins, and how long it is. */
  signed: { begins: string; bytes: number; what: string } | null;
  skewSeconds: number | null;
  allowedSeconds: number;
};

type Scheme = {
  headers: string[];
  time?: (call: Call) => string | undefined;
  before?: (call: Call, time: string) => string;
};

const LONGEST_BEGINNING = 40;
const LONGEST_VALUE = 1_024;

/** Null for those that show a secret instead of signing: that is masked. */
export function receivedProof(provider: ProviderName, settings: Settings, call: Call): ReceivedProof | null {
  const scheme = schemeOf(provider, settings, call);
  if (!scheme) return null;
  const time = scheme.time?.(call);
  return {
    received: scheme.headers.flatMap((header) => {
      const value = call.headers.get(header);
      return value === undefined ? [] : [{ header, value: value.slice(0, LONGEST_VALUE) }];
    }),
    signed: signedOf(provider, scheme, call, time ?? ""),
    skewSeconds: time && /^\d{1,12}$/.test(time) ? Math.round(call.receivedAt.getTime() / 1_000 - Number(time)) : null,
    allowedSeconds: TOLERANCE_SECONDS,
  };
}

function signedOf(provider: ProviderName, { before }: Scheme, call: Call, time: string): ReceivedProof["signed"] {
  if (provider === "twilio" || provider === "mandrill") {
    const what = isForm(call) ? "the URL and the form's fields" : "the URL";
    return { begins: shown(masked(call.url)), bytes: Buffer.byteLength(call.url), what };
  }
  const text = before?.(call, time) ?? "";
  const start = text + call.body.subarray(0, LONGEST_BEGINNING).toString();
  return { begins: shown(start), bytes: Buffer.byteLength(text) + call.body.length, what: "raw body" };
}

/** Who knows the end of the path may post. */
function masked(url: string): string {
  return url.replace(/(\/in\/)[^/?]+/, "$1••••••");
}

function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line ends would break the line it is shown in
  const line = text.replace(/[\u0000-\u001f\u007f]+/g, " ");
  return line.length > LONGEST_BEGINNING ? `${line.slice(0, LONGEST_BEGINNING)}…` : line;
}

function schemeOf(provider: ProviderName, settings: Settings, { headers }: Call): Scheme | null {
  switch (provider) {
    case "stripe":
      return {
        headers: ["stripe-signature"],
        time: (call) => /(?:^|,)\s*t=(\d+)/.exec(call.headers.get("stripe-signature") ?? "")?.[1],
        before: (_call, time) => `${time}.`,
      };
    case "github":
      return { headers: ["x-hub-signature-256", "x-hub-signature"] };
    case "shopify":
      return { headers: ["x-shopify-hmac-sha256", "shopify-hmac-sha256"] };
    case "slack":
      return {
        headers: ["x-slack-signature", "x-slack-request-timestamp"],
        time: (call) => call.headers.get("x-slack-request-timestamp"),
        before: (_call, time) => `v0:${time}:`,
      };
    case "twilio":
      return { headers: ["x-twilio-signature"] };
    case "mandrill":
      return { headers: ["x-mandrill-signature"] };
    case "intercom":
      return { headers: ["x-hub-signature"] };
    case "woocommerce":
      return { headers: ["x-wc-webhook-signature"] };
    case "standard_webhooks":
      return standardScheme("webhook");
    case "svix":
      return standardScheme(headers.has("svix-signature") ? "svix" : "webhook");
    case "hmac":
      return hmacScheme(settings);
    default:
      return null;
  }
}

function standardScheme(family: string): Scheme {
  return {
    headers: [`${family}-signature`, `${family}-id`, `${family}-timestamp`],
    time: (call) => call.headers.get(`${family}-timestamp`),
    before: (call, time) => `${call.headers.get(`${family}-id`) ?? ""}.${time}.`,
  };
}

function hmacScheme({ signature = DEFAULT_SIGNATURE }: Settings): Scheme {
  const header = signature.header.toLowerCase();
  const timed = signature.timestampHeader?.toLowerCase();
  const before = signature.template?.split("{body}")[0] ?? "";
  return {
    headers: timed ? [header, timed] : [header],
    time: (call) => (timed ? call.headers.get(timed) : undefined),
    before: (_call, time) => before.replaceAll("{timestamp}", time),
  };
}
