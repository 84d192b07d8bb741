import type { ProviderName } from "../providers/names.ts";

/** One thing to do at the provider, in the order in which it is done. */
export type SetUpStep = {
  title: string;
  text: string;
  /** Where the secret is given to us, or taken from us. */
  secret?: boolean;
  /** Something to paste into a terminal. */
  code?: string;
};

/** What to click and to paste at the provider until its first request comes. `url` is what is pasted there. */
export function setUpSteps(provider: ProviderName, url: string): SetUpStep[] {
  return STEPS[provider](url);
}

const STEPS: Record<ProviderName, (url: string) => SetUpStep[]> = {
  stripe: () => [
    {
      title: "Add the URL at Stripe",
      text: "In the Stripe Dashboard open Developers (Workbench) → Webhooks → Add destination. Choose the events, then Webhook endpoint, and paste the URL.",
    },
    {
      title: "Bring back the signing secret",
      text: "On the destination's page reveal the Signing secret. It starts whsec_ and is another one in test mode, in live mode and in the Stripe CLI: a source may hold several.",
      secret: true,
    },
    {
      title: "Send a first event",
      text: "Choose Send test events on that page, or run this in a terminal with the Stripe CLI.",
      code: "stripe trigger payment_intent.succeeded",
    },
  ],
  github: () => [
    {
      title: "Take the secret",
      text: "GitHub signs with a text that you choose; this one was made for you.",
      secret: true,
    },
    {
      title: "Add the webhook at GitHub",
      text: "In the repository or organisation open Settings → Webhooks → Add webhook. Paste the URL as Payload URL and the secret as Secret, choose the content type application/json, leave SSL verification on.",
    },
    {
      title: "Choose the events",
      text: "Just the push event, everything, or single ones such as Pull requests. When you press Add webhook, GitHub sends a ping at once.",
    },
  ],
  shopify: () => [
    {
      title: "Add the webhook at Shopify",
      text: "In the admin open Settings → Notifications → Webhooks → Create webhook. Choose an event, the format JSON and the newest API version, and paste the URL. An app subscribes in its shopify.app.toml or with webhookSubscriptionCreate instead.",
    },
    {
      title: "Bring back the secret",
      text: "For hooks made in the admin it stands under the list of webhooks (“Your webhooks will be signed with …”). For an app it is the Client secret in its settings.",
      secret: true,
    },
    {
      title: "Send a first event",
      text: "Choose Send test notification in the webhook's menu. An app's hooks come when something happens in the shop.",
    },
  ],
  slack: () => [
    {
      title: "Bring the signing secret first",
      text: "On api.slack.com/apps open your app → Basic Information → App Credentials and reveal the Signing Secret. Slack checks the URL the moment it is pasted, so the secret must be here before.",
      secret: true,
    },
    {
      title: "Paste the URL at Slack",
      text: "Event Subscriptions → Enable Events → Request URL; it turns Verified at once. Subscribe to bot events such as app_mention and save. Slash Commands and Interactivity & Shortcuts each have a Request URL of their own: the same URL works for all.",
    },
    {
      title: "Let an endpoint answer, if it is a command",
      text: "In the source's settings choose under Answer which endpoint's answer Slack gets within 3 seconds.",
    },
  ],
  twilio: () => [
    {
      title: "Bring the auth token",
      text: "On the Twilio Console's first page, under Account Info, copy the primary Auth Token of the account or subaccount that sends.",
      secret: true,
    },
    {
      title: "Paste the URL at Twilio",
      text: "Phone Numbers → Manage → Active numbers → your number: under Messaging or Voice paste it for “A message comes in” or “A call comes in”, with HTTP POST. For delivery reports it is the status callback URL. Paste it exactly as it stands here: Twilio signs it.",
    },
    {
      title: "Answer with TwiML, if Twilio waits for it",
      text: "In the source's settings, under Answer, set the content type text/xml and a body such as <Response/>, or let an endpoint answer.",
    },
  ],
  mailchimp: () => [
    {
      title: "Take the URL with its secret",
      text: "Mailchimp signs nothing: the secret in the URL is what proves its calls.",
      secret: true,
    },
    {
      title: "Add the webhook at Mailchimp",
      text: "Audience → All contacts → Settings → Webhooks → Create New Webhook. Paste the URL, choose the events, and tick “via the API” if changes made by apps shall come too. Mailchimp checks the URL when you save.",
    },
    { title: "Send a first event", text: "Add or unsubscribe a contact of the audience." },
  ],
  mandrill: () => [
    {
      title: "Add the webhook at Mandrill",
      text: "In Mailchimp Transactional open Settings → Webhooks → Add a Webhook. Choose the events and paste the URL exactly as it stands here: Mandrill signs it. It sends an empty list to check it.",
    },
    {
      title: "Bring back the key",
      text: "The list of webhooks shows a key beside each: View key, copy, and add it here.",
      secret: true,
    },
    {
      title: "Send a first event",
      text: "Press Send Test beside the webhook. Mandrill sends up to 1,000 events in one request; each becomes an event of its own.",
    },
  ],
  intercom: () => [
    {
      title: "Bring the client secret",
      text: "In the Developer Hub open your app → Configure → Basic information and copy the Client secret.",
      secret: true,
    },
    {
      title: "Add the URL at Intercom",
      text: "Configure → Webhooks: paste it as Endpoint URL, choose topics such as conversation.user.created and save.",
    },
    { title: "Send a first event", text: "Press Send a test request beside the topics." },
  ],
  woocommerce: () => [
    {
      title: "Take the secret",
      text: "WooCommerce signs with a text that you choose; this one was made for you.",
      secret: true,
    },
    {
      title: "Add the webhook in WooCommerce",
      text: "WooCommerce → Settings → Advanced → Webhooks → Add webhook: status Active, a topic such as Order created, the URL as Delivery URL, the secret as Secret, the newest API version.",
    },
    {
      title: "Save",
      text: "WooCommerce sends a ping when the webhook is saved, which is answered and shown as a handshake.",
    },
  ],
  wordpress: () => [
    {
      title: "Take the URL or the secret",
      text: "WordPress has no webhooks of its own; plugins differ. One that takes headers or a password sends the secret there; for any other it stands in the URL.",
      secret: true,
    },
    {
      title: "Add it in the plugin",
      text: "For example WP Webhooks → Send Data → Add Webhook URL, or the Webhooks add-on of your form plugin. Choose POST and JSON.",
    },
    { title: "Send a first event", text: "Press the plugin's Send demo, or submit the form." },
  ],
  papertrail: () => [
    {
      title: "Take the URL with its secret",
      text: "Papertrail signs nothing: the secret in the URL proves its calls.",
      secret: true,
    },
    {
      title: "Add the alert at Papertrail",
      text: "Open a saved search → Create alert → Webhook, and paste the URL as Webhook URL.",
    },
    { title: "Send a first event", text: "Press Send Test Data, then Create Alert." },
  ],
  zapier: (url) => [
    {
      title: "Take the token",
      text: "A Zap signs nothing: it shows a token in a header.",
      secret: true,
    },
    {
      title: "Add the step to the Zap",
      text: "Choose Webhooks by Zapier → POST. Paste the URL, set Payload Type to json, and under Headers put authorization with Bearer, a space and the token.",
    },
    { title: "Test the step", text: "Press Test step, or try the token from a terminal.", code: bearerCall(url) },
  ],
  standard_webhooks: () => [
    { title: "Paste the URL at the sender", text: "Wherever it takes a webhook or endpoint URL." },
    {
      title: "Bring back the signing secret",
      text: "whsec_… for a shared secret, or whpk_… when it signs with a key pair.",
      secret: true,
    },
    { title: "Send a first event", text: "With the sender's own test button." },
  ],
  svix: () => [
    {
      title: "Add the endpoint at the sender",
      text: "In the sender's webhook portal open Endpoints → Add Endpoint, paste the URL, choose the events and press Create.",
    },
    {
      title: "Bring back the signing secret",
      text: "On the endpoint's page, under Signing Secret; it starts whsec_.",
      secret: true,
    },
    { title: "Send a first event", text: "On its tab Testing choose an event and press Send Example." },
  ],
  hmac: (url) => [
    {
      title: "Agree on the secret",
      text: "Both sides know it; take this one to the sender, or add the sender's own.",
      secret: true,
    },
    {
      title: "Paste the URL at the sender",
      text: "How it signs stands in the source's settings: header, algorithm, encoding, text.",
    },
    {
      title: "Try it",
      text: "Signed with the usual settings, HMAC SHA-256 as hex in x-signature.",
      code: [
        `BODY='{"type":"order.created","id":1}'`,
        `curl ${url} -H "content-type: application/json" -d "$BODY" \\`,
        `  -H "x-signature: $(printf %s "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/.* //')"`,
      ].join("\n"),
    },
  ],
  basic: (url) => [
    { title: "Agree on user and password", text: "Add them here as user:password.", secret: true },
    { title: "Paste the URL at the sender", text: "With the same user and password; some take them inside the URL." },
    {
      title: "Try it",
      text: "",
      code: `curl ${url} -u "$USER:$PASSWORD" -H "content-type: application/json" -d '{"type":"ping"}'`,
    },
  ],
  bearer: (url) => [
    {
      title: "Take the token",
      text: "It was made for you; the sender puts it after Bearer in Authorization, or into the header that the settings name.",
      secret: true,
    },
    { title: "Paste the URL at the sender", text: "And the token." },
    { title: "Try it", text: "", code: bearerCall(url) },
  ],
  jwt: (url) => [
    {
      title: "Say what signs the tokens",
      text: "A shared text, a public key in PEM, or in the source's settings the address of a JWKS. There you also say which algorithms, issuer and audience are acceptable.",
      secret: true,
    },
    { title: "Paste the URL at the sender", text: "Every token needs exp." },
    {
      title: "Try it",
      text: "",
      code: `curl ${url} -H "authorization: Bearer $JWT" -H "content-type: application/json" -d '{"type":"ping"}'`,
    },
  ],
  unsigned: (url) => [
    {
      title: "Paste the URL at the sender",
      text: "Nothing is verified: whoever knows the URL may post. Keep it to those who need it, or allow some addresses only.",
    },
    { title: "Try it", text: "", code: `curl ${url} -H "content-type: application/json" -d '{"type":"ping"}'` },
  ],
};

function bearerCall(url: string): string {
  return `curl ${url} -H "authorization: Bearer $TOKEN" -H "content-type: application/json" -d '{"type":"ping"}'`;
}
