import type { Call } from "../providers/call.ts";
import type { ProviderName } from "../providers/names.ts";

/** Headers that only one provider sends; some of them also when it signs nothing. */
const MARKS: [string, ProviderName][] = [
  ["stripe-signature", "stripe"],
  ["x-github-event", "github"],
  ["x-shopify-topic", "shopify"],
  ["shopify-topic", "shopify"],
  ["x-slack-signature", "slack"],
  ["x-twilio-signature", "twilio"],
  ["x-mandrill-signature", "mandrill"],
  ["x-wc-webhook-topic", "woocommerce"],
  ["svix-id", "svix"],
  ["webhook-signature", "standard_webhooks"],
];

/** Who sends calls like this one, as far as its headers say. */
export function senderOf({ headers }: Call): ProviderName | null {
  return MARKS.find(([name]) => headers.has(name))?.[1] ?? null;
}

/** What stands between a sender and us, by the headers it adds. */
const INTERMEDIARIES: [string, string][] = [
  ["cf-ray", "Cloudflare"],
  ["x-amzn-trace-id", "an AWS load balancer"],
  ["x-amz-cf-id", "CloudFront"],
  ["x-azure-ref", "Azure Front Door"],
  ["x-vercel-id", "Vercel"],
  ["fly-request-id", "Fly"],
  ["x-cloud-trace-context", "Google Cloud"],
  ["x-envoy-external-address", "Envoy"],
  ["via", "a proxy"],
  ["x-forwarded-for", "a proxy"],
];

/** The first that shows itself, with the header it shows itself by. */
export function intermediaryOf({ headers }: Call): { name: string; header: string } | null {
  const found = INTERMEDIARIES.find(([header]) => headers.has(header));
  return found ? { header: found[0], name: found[1] } : null;
}
