/** In the order of the tiles. */
export const PROVIDERS = [
  "stripe",
  "github",
  "shopify",
  "slack",
  "twilio",
  "mailchimp",
  "mandrill",
  "intercom",
  "woocommerce",
  "wordpress",
  "papertrail",
  "zapier",
  "standard_webhooks",
  "svix",
  "hmac",
  "basic",
  "bearer",
  "jwt",
  "unsigned",
] as const;
export type ProviderName = (typeof PROVIDERS)[number];
