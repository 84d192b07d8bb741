import type { Tile } from "@/components/sources/provider-tiles";
import { PROVIDERS, type ProviderName } from "@/lib/providers/names.ts";
import { providerOf } from "@/lib/providers/registry.ts";

/** How each proves its calls, in a few words. */
const HOW: Record<ProviderName, string> = {
  stripe: "Signature with timestamp",
  github: "HMAC SHA-256",
  shopify: "HMAC SHA-256",
  slack: "Events, commands, buttons",
  twilio: "Signature over the URL",
  mailchimp: "Secret in the URL",
  mandrill: "Signature over the URL",
  intercom: "HMAC SHA-1",
  woocommerce: "HMAC SHA-256",
  wordpress: "Token, password or URL",
  papertrail: "Secret in the URL",
  zapier: "Token in a header",
  standard_webhooks: "webhook-signature",
  svix: "svix-signature",
  hmac: "Any signed sender",
  basic: "User and password",
  bearer: "Token in a header",
  jwt: "Secret, key or JWKS",
  unsigned: "Whoever knows the URL",
};

/** Those after this one are schemes of any sender. */
const LAST_SERVICE = PROVIDERS.indexOf("zapier");

function tileOf(name: ProviderName): Tile {
  return { name, label: providerOf(name).label, how: HOW[name] };
}

export const TILE_GROUPS = [
  { title: "Services", tiles: PROVIDERS.slice(0, LAST_SERVICE + 1).map(tileOf) },
  { title: "Any other sender", tiles: PROVIDERS.slice(LAST_SERVICE + 1).map(tileOf) },
];
