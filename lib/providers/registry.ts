import { basic, bearer, unsigned } from "./credentials.ts";
import { github } from "./github.ts";
import { hmac } from "./hmac.ts";
import { intercom } from "./intercom.ts";
import { jwt } from "./jwt.ts";
import { mandrill } from "./mandrill.ts";
import type { ProviderName } from "./names.ts";
import type { Provider } from "./provider.ts";
import { shopify } from "./shopify.ts";
import { slack } from "./slack.ts";
import { standardWebhooks, svix } from "./standard-webhooks.ts";
import { stripe } from "./stripe.ts";
import { twilio } from "./twilio.ts";
import { mailchimp, papertrail, wordpress, zapier } from "./unsigned-services.ts";
import { woocommerce } from "./woocommerce.ts";

const REGISTRY: Record<ProviderName, Provider> = {
  stripe,
  github,
  shopify,
  slack,
  twilio,
  mailchimp,
  mandrill,
  intercom,
  woocommerce,
  wordpress,
  papertrail,
  zapier,
  standard_webhooks: standardWebhooks,
  svix,
  hmac,
  basic,
  bearer,
  jwt,
  unsigned,
};

export function providerOf(name: ProviderName): Provider {
  return REGISTRY[name];
}
