import type { ProviderName } from "../providers/names.ts";
import type { Settings } from "../providers/settings.ts";

/** What proves a source's calls: a header, or words; and whether its time is checked. */
export type VerifiedBy = { header: string | null; words: string; timed: boolean };

const HEADERS: Partial<Record<ProviderName, { header: string; timed?: true }>> = {
  stripe: { header: "stripe-signature", timed: true },
  github: { header: "x-hub-signature-256" },
  shopify: { header: "x-shopify-hmac-sha256" },
  slack: { header: "x-slack-signature", timed: true },
  twilio: { header: "x-twilio-signature" },
  mandrill: { header: "x-mandrill-signature" },
  intercom: { header: "x-hub-signature" },
  woocommerce: { header: "x-wc-webhook-signature" },
  standard_webhooks: { header: "webhook-signature", timed: true },
  svix: { header: "svix-signature", timed: true },
};

/** How calls of a source are believed, for the line under its name. */
export function verifiedBy(provider: ProviderName, { signature, header }: Settings): VerifiedBy {
  const own = HEADERS[provider];
  if (own) return { header: own.header, words: "", timed: own.timed ?? false };
  switch (provider) {
    case "hmac":
      return { header: signature?.header ?? "x-signature", words: "", timed: Boolean(signature?.timestampHeader) };
    case "basic":
      return { header: null, words: "a user and password", timed: false };
    case "bearer":
      return { header: header ?? "authorization", words: "", timed: false };
    case "jwt":
      return { header: header ?? "authorization", words: "", timed: false };
    case "mailchimp":
    case "papertrail":
      return { header: null, words: "the secret in its URL", timed: false };
    case "unsigned":
      return { header: null, words: "", timed: false };
    default:
      return { header: header ?? null, words: "the secret it shows", timed: false };
  }
}
