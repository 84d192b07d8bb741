import { createHash, createHmac } from "node:crypto";
import "@shopify/shopify-api/adapters/node";
import { sign as signForGithub } from "@octokit/webhooks-methods";
import { getHmac } from "@shopify/shopify-api/test-helpers";
import { SignJWT } from "jose";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as SvixWebhook } from "svix";
import twilio from "twilio";
import type { Call } from "../../lib/providers/call.ts";
import type { ProviderName } from "../../lib/providers/names.ts";
import type { Settings } from "../../lib/providers/settings.ts";

/** How a provider's own library signs a body: what it puts into the call. */
export type Genuine = {
  secrets: [string, string];
  settings?: Settings;
  contentType: string;
  body: string;
  /** The headers that prove it; each must be there. */
  proof: (body: string, secret: string, at: Date, url: string) => Headers | Promise<Headers>;
  url?: (body: string) => string;
  /** Its signature says when it was made. */
  timed?: true;
  /** Nothing in it stands for the body. */
  credential?: true;
  reads: { type: string | null; id: string | null };
};
type Headers = Record<string, string>;

export const SOURCE_URL = "https://hooks.example.com/in/tok_1?a=1";
const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);
const stripeSdk = new Stripe("sk_test_1");
const WHSEC: [string, string] = [
  `whsec_${Buffer.from("0123456789abcdef01234567").toString("base64")}`,
  `whsec_${Buffer.from("another-secret-of-24-byte").toString("base64")}`,
];
const base64 = (algorithm: string, key: string, text: string) =>
  createHmac(algorithm, key).update(text).digest("base64");
const formOf = (body: string) => Object.fromEntries(new URLSearchParams(body));

export const GENUINE: Partial<Record<ProviderName, Genuine>> = {
  stripe: {
    secrets: ["whsec_one", "whsec_two"],
    contentType: JSON_TYPE,
    body: JSON.stringify({ id: "evt_1", object: "event", type: "invoice.paid", data: {} }, null, 2),
    proof: (payload, secret, at) => ({
      "stripe-signature": stripeSdk.webhooks.generateTestHeaderString({ payload, secret, timestamp: seconds(at) }),
    }),
    timed: true,
    reads: { type: "invoice.paid", id: "evt_1" },
  },
  github: {
    secrets: ["It's a Secret to Everybody", "another"],
    contentType: JSON_TYPE,
    body: JSON.stringify({ action: "opened", number: 1 }),
    proof: async (body, secret) => ({ "x-hub-signature-256": await signForGithub(secret, body) }),
    reads: { type: "pull_request.opened", id: "72d3162e" },
  },
  shopify: {
    secrets: ["client-secret", "older-secret"],
    contentType: JSON_TYPE,
    body: '{"id":820982911946154508,"email":"jon@example.com"}',
    proof: (body, secret) => ({ "x-shopify-hmac-sha256": getHmac(body, secret) }),
    reads: { type: "orders.create", id: "b54557e4" },
  },
  slack: {
    secrets: ["8f742231b10e8888abcd99yyyzzz85a5", "another"],
    contentType: JSON_TYPE,
    body: JSON.stringify({ type: "event_callback", event_id: "Ev1", event: { type: "app_mention" } }),
    proof: (body, secret, at) => ({
      "x-slack-request-timestamp": String(seconds(at)),
      "x-slack-signature": `v0=${createHmac("sha256", secret)
        .update(`v0:${seconds(at)}:${body}`)
        .digest("hex")}`,
    }),
    timed: true,
    reads: { type: "app_mention", id: "Ev1" },
  },
  twilio: {
    secrets: ["12345", "67890"],
    contentType: FORM_TYPE,
    body: new URLSearchParams({ MessageSid: "SM1", MessageStatus: "delivered", To: "+1 415", Empty: "" }).toString(),
    proof: (body, secret, _at, url) => ({
      "x-twilio-signature": twilio.getExpectedTwilioSignature(secret, url, formOf(body)),
    }),
    reads: { type: "message.delivered", id: "SM1 delivered" },
  },
  mandrill: {
    secrets: ["mandrill-key", "older-key"],
    contentType: FORM_TYPE,
    body: new URLSearchParams({ mandrill_events: '[{"event":"send","_id":"abc","ts":1700000000}]' }).toString(),
    // The same construction as Twilio's: its library is the second opinion.
    proof: (body, secret, _at, url) => ({
      "x-mandrill-signature": twilio.getExpectedTwilioSignature(secret, url, formOf(body)),
    }),
    reads: { type: "send", id: "abc 1700000000 send" },
  },
  intercom: {
    secrets: ["client-secret", "older-secret"],
    contentType: JSON_TYPE,
    body: JSON.stringify({ type: "notification_event", topic: "conversation.user.created", id: "notif_1" }),
    proof: (body, secret) => ({ "x-hub-signature": `sha1=${createHmac("sha1", secret).update(body).digest("hex")}` }),
    reads: { type: "conversation.user.created", id: "notif_1" },
  },
  woocommerce: {
    secrets: ["hook-secret", "older-secret"],
    contentType: JSON_TYPE,
    body: '{"id":1,"permalink":"https:\\/\\/shop.example\\/caf\\u00e9"}',
    proof: (body, secret) => ({ "x-wc-webhook-signature": base64("sha256", secret, body) }),
    reads: { type: "order.created", id: "a1b2c3" },
  },
  standard_webhooks: {
    secrets: WHSEC,
    contentType: JSON_TYPE,
    body: '{"type":"user.created","data":{"id":1}}',
    proof: (body, secret, at) => ({
      "webhook-id": "msg_1",
      "webhook-timestamp": String(seconds(at)),
      "webhook-signature": new Webhook(secret).sign("msg_1", at, body),
    }),
    timed: true,
    reads: { type: "user.created", id: "msg_1" },
  },
  svix: {
    secrets: WHSEC,
    contentType: JSON_TYPE,
    body: '{"type":"user.created","data":{"id":1}}',
    proof: (body, secret, at) => ({
      "svix-id": "msg_1",
      "svix-timestamp": String(seconds(at)),
      "svix-signature": new SvixWebhook(secret).sign("msg_1", at, body),
    }),
    timed: true,
    reads: { type: "user.created", id: "msg_1" },
  },
  hmac: {
    secrets: ["one", "two"],
    settings: {
      signature: {
        header: "X-Acme-Signature",
        algorithm: "sha512",
        encoding: "base64",
        prefix: "v1=",
        template: "{timestamp}.{body}",
        timestampHeader: "X-Acme-Time",
      },
      typeAt: "meta.kind",
      idAt: "header:x-acme-id",
    },
    contentType: JSON_TYPE,
    body: '{"meta":{"kind":"parcel.sent"}}',
    proof: (body, secret, at) => ({
      "x-acme-time": String(seconds(at)),
      "x-acme-signature": `v1=${base64("sha512", secret, `${seconds(at)}.${body}`)}`,
    }),
    timed: true,
    reads: { type: "parcel.sent", id: "77" },
  },
  basic: {
    secrets: ["user:pass:word", "user:older"],
    contentType: JSON_TYPE,
    body: '{"event":"ping"}',
    proof: (_body, secret) => ({ authorization: `Basic ${Buffer.from(secret).toString("base64")}` }),
    credential: true,
    reads: { type: "ping", id: null },
  },
  bearer: {
    secrets: ["token-1", "token-2"],
    contentType: JSON_TYPE,
    body: '{"event":"ping"}',
    proof: (_body, secret) => ({ authorization: `Bearer ${secret}` }),
    credential: true,
    reads: { type: "ping", id: null },
  },
  zapier: {
    secrets: ["token-1", "token-2"],
    settings: { header: "X-Zap-Token" },
    contentType: JSON_TYPE,
    body: '{"event":"lead.added"}',
    proof: (_body, secret) => ({ "x-zap-token": secret }),
    credential: true,
    reads: { type: "lead.added", id: null },
  },
  wordpress: {
    secrets: ["user:pass", "user:older"],
    contentType: JSON_TYPE,
    body: '{"hook":"publish_post"}',
    proof: (_body, secret) => ({ authorization: `Basic ${Buffer.from(secret).toString("base64")}` }),
    credential: true,
    reads: { type: "publish_post", id: null },
  },
  papertrail: {
    secrets: ["user:pass", "user:older"],
    contentType: FORM_TYPE,
    body: new URLSearchParams({
      payload: '{"saved_search":{"id":42,"name":"Errors"},"min_id":"31171139124469760","max_id":"31181206313902080"}',
    }).toString(),
    proof: (_body, secret) => ({ authorization: `Basic ${Buffer.from(secret).toString("base64")}` }),
    credential: true,
    reads: { type: "Errors", id: "42 31171139124469760 31181206313902080" },
  },
  jwt: {
    secrets: ["a-shared-secret-of-thirty-two-by", "another-secret-of-thirty-two-byt"],
    contentType: JSON_TYPE,
    body: '{"event":"ping"}',
    proof: async (_body, secret, at) => ({
      authorization: `Bearer ${await new SignJWT({})
        .setProtectedHeader({ alg: "HS256" })
        .setExpirationTime(seconds(at) + 60)
        .sign(Buffer.from(secret))}`,
    }),
    credential: true,
    reads: { type: "ping", id: null },
  },
};

/** What providers say in headers beside the proof. */
const SAID: Headers = {
  "x-github-event": "pull_request",
  "x-github-delivery": "72d3162e",
  "x-shopify-topic": "orders/create",
  "x-shopify-webhook-id": "b54557e4",
  "x-wc-webhook-topic": "order.created",
  "x-wc-webhook-delivery-id": "a1b2c3",
  "x-acme-id": "77",
};

/** A call as the provider's own library would make it. */
export async function genuineCall(
  genuine: Genuine,
  { secret = genuine.secrets[0], at = new Date(), body = genuine.body } = {},
): Promise<Call> {
  const proof = await genuine.proof(body, secret, at, SOURCE_URL);
  const headers = new Map(Object.entries({ "content-type": genuine.contentType, ...SAID, ...proof }));
  return { method: "POST", url: SOURCE_URL, headers, body: Buffer.from(body), receivedAt: at };
}

/** Twilio's JSON form: the URL is signed, and carries the body's hash. */
export function twilioJson(body: string, secret: string, to = SOURCE_URL): Call {
  const url = `${to}${to.includes("?") ? "&" : "?"}bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
  const headers = new Map([
    ["content-type", JSON_TYPE],
    ["x-twilio-signature", twilio.getExpectedTwilioSignature(secret, url, {})],
  ]);
  return { method: "POST", url, headers, body: Buffer.from(body), receivedAt: new Date() };
}
