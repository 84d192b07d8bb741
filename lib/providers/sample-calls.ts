import { signatureOf } from "./digest.ts";
import type { ProviderName } from "./names.ts";
import type { Asked, Sample, SampleCall } from "./sample.ts";
import * as bodies from "./sample-bodies.ts";
import { basicSample, bearerSample, hmacSample, jwtSample, shownSample, unsignedSample } from "./sample-configured.ts";
import { secretKey } from "./standard-webhooks.ts";
import { sortedFields } from "./twilio.ts";

type Headers = Record<string, string>;

export const seconds = (at: Date) => String(Math.floor(at.getTime() / 1_000));

export function jsonCall({ url }: Asked, body: object, headersOf: (text: string) => Headers): SampleCall {
  const text = JSON.stringify(body, null, 2);
  return {
    method: "POST",
    url,
    headers: { "content-type": "application/json", ...headersOf(text) },
    body: Buffer.from(text),
  };
}

export function formCall({ url }: Asked, fields: Headers, headersOf: (form: URLSearchParams) => Headers): SampleCall {
  const form = new URLSearchParams(fields);
  const headers = { "content-type": "application/x-www-form-urlencoded", ...headersOf(form) };
  return { method: "POST", url, headers, body: Buffer.from(form.toString()) };
}

const stripe: Sample = (asked, key) =>
  jsonCall(asked, bodies.stripeBody(asked), (text) => {
    const time = seconds(asked.at);
    const signature = signatureOf({ algorithm: "sha256", encoding: "hex", key }, `${time}.`, text);
    return { "stripe-signature": `t=${time},v1=${signature}` };
  });

const github: Sample = (asked, key) =>
  jsonCall(asked, bodies.githubBody(asked), (text) => ({
    "user-agent": "GitHub-Hookshot/044aadd",
    "x-github-event": "issues",
    "x-github-delivery": asked.id,
    "x-hub-signature-256": `sha256=${signatureOf({ algorithm: "sha256", encoding: "hex", key }, text)}`,
  }));

const shopify: Sample = (asked, key) =>
  jsonCall(asked, bodies.shopifyBody(asked), (text) => ({
    "x-shopify-topic": "orders/create",
    "x-shopify-shop-domain": "example.myshopify.com",
    "x-shopify-api-version": "2026-07",
    "x-shopify-webhook-id": asked.id,
    "x-shopify-hmac-sha256": signatureOf({ algorithm: "sha256", encoding: "base64", key }, text),
  }));

const slack: Sample = (asked, key) =>
  jsonCall(asked, bodies.slackBody(asked), (text) => {
    const time = seconds(asked.at);
    const signature = signatureOf({ algorithm: "sha256", encoding: "hex", key }, `v0:${time}:`, text);
    return { "x-slack-request-timestamp": time, "x-slack-signature": `v0=${signature}` };
  });

/** Base64 HMAC-SHA1 over the URL and the sorted fields. */
const overUrl = (url: string, form: URLSearchParams, key: string) =>
  signatureOf({ algorithm: "sha1", encoding: "base64", key }, url, sortedFields(form));

const twilio: Sample = (asked, key) =>
  formCall(asked, bodies.twilioFields(asked), (form) => ({
    "i-twilio-idempotency-token": asked.id,
    "x-twilio-signature": overUrl(asked.url, form, key),
  }));

const mandrill: Sample = (asked, key) =>
  formCall(asked, bodies.mandrillFields(asked), (form) => ({
    "x-mandrill-signature": overUrl(asked.url, form, key),
  }));

const intercom: Sample = (asked, key) =>
  jsonCall(asked, bodies.intercomBody(asked), (text) => ({
    "x-hub-signature": `sha1=${signatureOf({ algorithm: "sha1", encoding: "hex", key }, text)}`,
  }));

const woocommerce: Sample = (asked, key) =>
  jsonCall(asked, bodies.wooCommerceBody(asked), (text) => ({
    "x-wc-webhook-topic": "order.created",
    "x-wc-webhook-delivery-id": asked.id,
    "x-wc-webhook-signature": signatureOf({ algorithm: "sha256", encoding: "base64", key }, text),
  }));

const standardSample =
  (family: "webhook" | "svix"): Sample =>
  (asked, secret) => {
    const key = secretKey(secret);
    if (!key) return null;
    return jsonCall(asked, bodies.standardBody(asked), (text) => {
      const [id, time] = [`msg_${asked.id}`, seconds(asked.at)];
      const signature = signatureOf({ algorithm: "sha256", encoding: "base64", key }, `${id}.${time}.`, text);
      return { [`${family}-id`]: id, [`${family}-timestamp`]: time, [`${family}-signature`]: `v1,${signature}` };
    });
  };

export const SAMPLES: Record<ProviderName, Sample> = {
  stripe,
  github,
  shopify,
  slack,
  twilio,
  mailchimp: (asked, secret) =>
    formCall(inUrl(asked, secret), bodies.mailchimpFields(asked), () => ({ "user-agent": "MailChimp" })),
  mandrill,
  intercom,
  woocommerce,
  wordpress: shownSample,
  papertrail: (asked, secret) => formCall(inUrl(asked, secret), bodies.papertrailFields(asked), () => ({})),
  zapier: shownSample,
  standard_webhooks: standardSample("webhook"),
  svix: standardSample("svix"),
  hmac: hmacSample,
  basic: basicSample,
  bearer: bearerSample,
  jwt: jwtSample,
  unsigned: unsignedSample,
};

/** The secret stands in the URL that is pasted at the provider. */
function inUrl(asked: Asked, secret: string): Asked {
  const url = new URL(asked.url);
  url.searchParams.set("secret", secret);
  return { ...asked, url: url.href };
}
