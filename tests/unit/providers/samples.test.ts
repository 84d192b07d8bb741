import { createHmac } from "node:crypto";
import "@shopify/shopify-api/adapters/node";
import { verify as verifyGithub } from "@octokit/webhooks-methods";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { isValidSlackRequest } from "@slack/bolt";
import { jwtVerify } from "jose";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as SvixWebhook } from "svix";
import twilio from "twilio";
import { describe, expect, test } from "vitest";
import type { Call } from "../../../lib/providers/call.ts";
import { PROVIDERS, type ProviderName } from "../../../lib/providers/names.ts";
import { providerOf } from "../../../lib/providers/registry.ts";
import { type SampleCall, sampleCall } from "../../../lib/providers/sample.ts";
import type { Settings } from "../../../lib/providers/settings.ts";
import { GENUINE } from "../../support/provider-calls.ts";

const URL_ = "https://hooks.example.com/in/tok_1";
const at = new Date();
const settingsOf = (name: ProviderName): Settings => GENUINE[name]?.settings ?? {};
const secretsOf = (name: ProviderName): string[] =>
  name === "unsigned" ? [] : (GENUINE[name]?.secrets ?? ["a-long-text", "an-older-text"]);

async function aSample(
  name: ProviderName,
  { id = "a1b2c3", settings = settingsOf(name), secrets = secretsOf(name) } = {},
) {
  const sampled = await sampleCall(name, secrets, { url: URL_, settings, id, at });
  if (!sampled.made) throw new Error(`${name}: ${sampled.why}`);
  return sampled.call;
}

const received = ({ headers, ...call }: SampleCall): Call => ({
  ...call,
  headers: new Map(Object.entries(headers)),
  receivedAt: at,
});

describe.each(PROVIDERS)("%s", (name) => {
  const provider = providerOf(name);
  const settings = settingsOf(name);

  test("a sample is believed, by the newest secret, and says what it is", async () => {
    const call = received(await aSample(name));
    expect(await provider.prove(call, secretsOf(name), settings)).toEqual({
      proven: true,
      secret: name === "unsigned" ? null : 0,
    });
    expect(provider.read(call, settings).type).toMatch(/^\w[\w. ]+$/);
    expect(provider.handshake?.(call, secretsOf(name), settings) ?? null).toBeNull();
  });

  test("two samples are never the same delivery", async () => {
    const [one, other] = [received(await aSample(name)), received(await aSample(name, { id: "d4e5f6" }))];
    const [a, b] = [one, other].map((call) => provider.read(call, settings).id);
    if (a !== null) expect(a).not.toBe(b);
    expect(one.body.equals(other.body) && a === b).toBe(false);
  });

  test("headers are such as HTTP can carry, by lower-case names", async () => {
    for (const [header, value] of Object.entries((await aSample(name)).headers)) {
      expect(header).toMatch(/^[a-z0-9-]+$/);
      expect(value).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});

test.each(PROVIDERS.filter((name) => name !== "unsigned"))("%s: without a secret there is no sample", async (name) => {
  const sampled = await sampleCall(name, [], { url: URL_, settings: settingsOf(name), id: "a1", at });
  expect(sampled).toEqual({ made: false, why: "no_secret" });
});

test.each([
  ["standard_webhooks", `whpk_${"A".repeat(43)}=`, {}],
  ["jwt", "-----BEGIN PUBLIC KEY-----", { token: { algorithms: ["HS256"] } }],
  ["jwt", "a-shared-secret", { token: { algorithms: ["RS256"] } }],
] as [ProviderName, string, Settings][])(
  "%s: what can only verify signs nothing: %s",
  async (name, secret, settings) => {
    const sampled = await sampleCall(name, [secret], { url: URL_, settings, id: "a1", at });
    expect(sampled).toEqual({ made: false, why: "verify_only" });
  },
);

test("a newer public key leaves the signing to an older shared secret", async () => {
  const secrets = [`whpk_${"A".repeat(43)}=`, ...secretsOf("svix")];
  const call = received(await aSample("svix", { secrets }));
  expect(await providerOf("svix").prove(call, secrets, {})).toEqual({ proven: true, secret: 1 });
});

describe("what a source says of its sender is kept to", () => {
  test("type and id stand where the source looks for them", async () => {
    const settings = { typeAt: "meta.kind", idAt: "meta.id" };
    const call = received(await aSample("bearer", { settings, secrets: ["token"] }));
    expect(providerOf("bearer").read(call, settings)).toEqual({ type: "test.sent", id: "test_a1b2c3" });
  });

  test("a place with a hostile name stays a place", async () => {
    const settings = { typeAt: "__proto__.type", idAt: "header:x-id" };
    const call = received(await aSample("unsigned", { settings }));
    expect(providerOf("unsigned").read(call, settings)).toEqual({ type: "test.sent", id: "test_a1b2c3" });
    expect(Object.hasOwn(Object.prototype, "type")).toBe(false);
  });

  test("a bearer-like secret goes into the header that is named", async () => {
    for (const name of ["bearer", "zapier", "wordpress"] as const) {
      const call = await aSample(name, { settings: { header: "X-Token" }, secrets: ["user:pass"] });
      expect(call.headers).toMatchObject({ "x-token": "user:pass" });
    }
  });

  test("a JWT carries the issuer and the audience that are asked for", async () => {
    const settings = { token: { algorithms: ["RS256", "HS512"], issuer: "us", audience: "them" } };
    const [secret = ""] = secretsOf("jwt");
    const { headers } = await aSample("jwt", { settings });
    const token = headers.authorization?.replace("Bearer ", "") ?? "";
    const { payload, protectedHeader } = await jwtVerify(token, Buffer.from(secret));
    expect([payload.iss, payload.aud, protectedHeader.alg]).toEqual(["us", "them", "HS512"]);
    expect(await providerOf("jwt").prove(received(await aSample("jwt", { settings })), [secret], settings)).toEqual({
      proven: true,
      secret: 0,
    });
  });
});

describe("the services' own libraries accept what we sign", () => {
  const text = ({ body }: SampleCall) => body.toString();
  const [whsec = ""] = secretsOf("svix");

  test("Stripe's", async () => {
    const call = await aSample("stripe");
    const header = call.headers["stripe-signature"] ?? "";
    const event = new Stripe("sk_test_1").webhooks.constructEvent(call.body, header, secretsOf("stripe")[0] ?? "");
    expect(event.type).toBe("payment_intent.succeeded");
  });

  test("GitHub's", async () => {
    const call = await aSample("github");
    const header = call.headers["x-hub-signature-256"] ?? "";
    expect(await verifyGithub(secretsOf("github")[0] ?? "", text(call), header)).toBe(true);
  });

  test("Shopify's", async () => {
    const call = await aSample("shopify");
    const shopify = shopifyApi({
      apiKey: "key",
      apiSecretKey: secretsOf("shopify")[0] ?? "",
      hostName: "app.example.com",
      apiVersion: ApiVersion.July26,
      isEmbeddedApp: false,
      logger: { level: 0 },
    });
    const rawRequest = { method: "POST", url: "/", headers: call.headers };
    const verdict = await shopify.webhooks.validate({ rawBody: text(call), rawRequest, rawResponse: {} } as never);
    expect(verdict).toMatchObject({ valid: true });
  });

  test("Slack's", async () => {
    const call = await aSample("slack");
    const headers = {
      "x-slack-signature": call.headers["x-slack-signature"] ?? "",
      "x-slack-request-timestamp": Number(call.headers["x-slack-request-timestamp"]),
    };
    const signingSecret = secretsOf("slack")[0] ?? "";
    expect(isValidSlackRequest({ signingSecret, body: text(call), headers })).toBe(true);
  });

  test("Twilio's, and for Mandrill's same construction", async () => {
    for (const name of ["twilio", "mandrill"] as const) {
      const call = await aSample(name);
      const fields = Object.fromEntries(new URLSearchParams(text(call)));
      const header = call.headers[`x-${name}-signature`] ?? "";
      expect(twilio.validateRequest(secretsOf(name)[0] ?? "", header, URL_, fields)).toBe(true);
    }
  });

  test("Standard Webhooks' and Svix's", async () => {
    const [standard, svix] = [await aSample("standard_webhooks"), await aSample("svix")];
    expect(new Webhook(whsec).verify(text(standard), standard.headers)).toMatchObject({ type: "user.created" });
    // Svix's answers nothing, and throws for what it does not believe.
    expect(() => new SvixWebhook(whsec).verify(text(svix), svix.headers)).not.toThrow();
    expect(() => new SvixWebhook(whsec).verify(`${text(svix)} `, svix.headers)).toThrow();
  });

  test("and for Intercom and WooCommerce, which have none, the construction of their documentation", async () => {
    const [intercom, woocommerce] = [await aSample("intercom"), await aSample("woocommerce")];
    const of = (name: ProviderName, algorithm: string, { body }: SampleCall) =>
      createHmac(algorithm, secretsOf(name)[0] ?? "").update(body);
    expect(intercom.headers["x-hub-signature"]).toBe(`sha1=${of("intercom", "sha1", intercom).digest("hex")}`);
    const signature = of("woocommerce", "sha256", woocommerce).digest("base64");
    expect(woocommerce.headers["x-wc-webhook-signature"]).toBe(signature);
  });
});
