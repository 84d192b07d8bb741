import type { ProviderName } from "../providers/names.ts";

/** A part of a provider's settings that a source may have. */
export type ProviderField = "reading" | "header" | "signature" | "token";

type ProviderTraits = {
  /** `theirs`: the provider makes it, often only after it has the URL. `ours`: whoever sets the source up chooses it. */
  secret: "theirs" | "ours" | "none";
  /** The settings its file looks at. */
  fields: readonly ProviderField[];
  /** What its types begin with when nobody says otherwise. */
  prefix: string;
  /** The secret is part of the URL that is pasted there. */
  secretInUrl?: boolean;
  /** It shows its secret instead of signing with it. */
  shown?: true;
  /** What it signs includes the URL. */
  signsUrl?: true;
};

const READING = ["reading"] as const;
const SHOWN = ["reading", "header"] as const;

const TRAITS: Record<ProviderName, ProviderTraits> = {
  stripe: { secret: "theirs", fields: [], prefix: "stripe" },
  github: { secret: "ours", fields: [], prefix: "github" },
  shopify: { secret: "theirs", fields: [], prefix: "shopify" },
  slack: { secret: "theirs", fields: [], prefix: "slack" },
  twilio: { secret: "theirs", fields: [], prefix: "twilio", signsUrl: true },
  mailchimp: { secret: "ours", fields: [], prefix: "mailchimp", secretInUrl: true, shown: true },
  mandrill: { secret: "theirs", fields: [], prefix: "mandrill", signsUrl: true },
  intercom: { secret: "theirs", fields: [], prefix: "intercom" },
  woocommerce: { secret: "ours", fields: [], prefix: "woocommerce" },
  wordpress: { secret: "ours", fields: SHOWN, prefix: "wordpress", secretInUrl: true, shown: true },
  papertrail: { secret: "ours", fields: [], prefix: "papertrail", secretInUrl: true, shown: true },
  zapier: { secret: "ours", fields: SHOWN, prefix: "zapier", shown: true },
  standard_webhooks: { secret: "theirs", fields: [], prefix: "" },
  svix: { secret: "theirs", fields: [], prefix: "" },
  hmac: { secret: "ours", fields: ["reading", "signature"], prefix: "" },
  basic: { secret: "ours", fields: READING, prefix: "", shown: true },
  bearer: { secret: "ours", fields: SHOWN, prefix: "", shown: true },
  jwt: { secret: "theirs", fields: ["reading", "header", "token"], prefix: "" },
  unsigned: { secret: "none", fields: READING, prefix: "" },
};

export function traitsOf(provider: ProviderName): ProviderTraits {
  return TRAITS[provider];
}
