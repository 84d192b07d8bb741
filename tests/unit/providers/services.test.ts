import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { isValidSlackRequest } from "@slack/bolt";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import type { Call } from "../../../lib/providers/call.ts";
import type { ProviderName } from "../../../lib/providers/names.ts";
import { providerOf } from "../../../lib/providers/registry.ts";
import { dedupeKeyOf } from "../../../lib/sources/events-of.ts";
import { GENUINE, genuineCall, SOURCE_URL, twilioJson } from "../../support/provider-calls.ts";

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

/** A call with what is given, and nothing that proves it. */
function callWith(parts: { headers?: Record<string, string>; body?: string; url?: string; method?: string }): Call {
  const { headers = {}, body = "", url = SOURCE_URL, method = "POST" } = parts;
  return { method, url, headers: new Map(Object.entries(headers)), body: Buffer.from(body), receivedAt: new Date() };
}

const formCall = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  callWith({ headers: { "content-type": FORM_TYPE, ...headers }, body: new URLSearchParams(fields).toString() });

async function genuine(name: ProviderName): Promise<Call> {
  const one = GENUINE[name];
  if (!one) throw new Error(`There is no genuine call of ${name}`);
  return genuineCall(one);
}

describe("what the suite signs itself is what the services' own libraries accept", () => {
  test("Slack's", async () => {
    const { body, headers } = await genuine("slack");
    const signed = {
      "x-slack-signature": headers.get("x-slack-signature") ?? "",
      "x-slack-request-timestamp": Number(headers.get("x-slack-request-timestamp")),
    };
    const signingSecret = GENUINE.slack?.secrets[0] ?? "";
    expect(isValidSlackRequest({ signingSecret, body: body.toString(), headers: signed })).toBe(true);
  });

  test("Shopify's", async () => {
    const { body, headers } = await genuine("shopify");
    const shopify = shopifyApi({
      apiKey: "key",
      apiSecretKey: GENUINE.shopify?.secrets[0] ?? "",
      hostName: "app.example.com",
      apiVersion: ApiVersion.July26,
      isEmbeddedApp: false,
      logger: { level: 0 },
    });
    const rawRequest = {
      method: "POST",
      url: "/",
      headers: {
        ...Object.fromEntries(headers),
        "x-shopify-shop-domain": "a.myshopify.com",
        "x-shopify-api-version": "1",
      },
    };
    const verdict = await shopify.webhooks.validate({ rawBody: body.toString(), rawRequest, rawResponse: {} } as never);
    expect(verdict.valid).toBe(true);
  });
});

describe("GitHub", () => {
  const github = providerOf("github");
  test("believes the example of its documentation", () => {
    const header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const call = callWith({ headers: { "x-hub-signature-256": header }, body: "Hello, World!" });
    expect(github.prove(call, ["It's a Secret to Everybody"], {})).toEqual({ proven: true, secret: 0 });
  });

  test("the old SHA-1 header alone proves nothing", () => {
    const signature = createHmac("sha1", "s").update("{}").digest("hex");
    const call = callWith({ headers: { "x-hub-signature": `sha1=${signature}` }, body: "{}" });
    expect(github.prove(call, ["s"], {})).toMatchObject({ proven: false, fault: { code: "header_missing" } });
  });

  test("a form's payload tells the action as JSON does", () => {
    const call = formCall({ payload: '{"action":"opened"}' }, { "x-github-event": "issues" });
    expect(github.read(call, {}).type).toBe("issues.opened");
  });
});

describe("Stripe", () => {
  test("only v1 signatures count, and any of several", async () => {
    const call = await genuine("stripe");
    const header = call.headers.get("stripe-signature") ?? "";
    const with_ = (value: string) => ({ ...call, headers: new Map([["stripe-signature", value]]) });
    const { prove } = providerOf("stripe");
    expect(prove(with_(header.replace("v1=", "v0=")), ["whsec_one"], {})).toMatchObject({ proven: false });
    expect(prove(with_(header.replace("v1=", "v1=00,v1=")), ["whsec_one"], {})).toMatchObject({ proven: true });
  });
});

describe("Slack", () => {
  const slack = providerOf("slack");
  test("a challenge is echoed, and only a challenge", () => {
    const challenge = callWith({
      headers: { "content-type": JSON_TYPE },
      body: '{"type":"url_verification","challenge":"3eZb"}',
    });
    expect(slack.handshake?.(challenge, [], {})).toMatchObject({ status: 200, body: "3eZb" });
    expect(slack.handshake?.(callWith({ body: '{"type":"event_callback","challenge":"3eZb"}' }), [], {})).toBeNull();
  });

  test("commands and buttons are told apart, and a repeat is numbered", () => {
    const command = formCall({ command: "/deploy", trigger_id: "13345" }, { "x-slack-retry-num": "1" });
    expect(slack.read(command, {})).toEqual({ type: "command.deploy", id: "13345", attempt: 2 });
    const button = formCall({ payload: '{"type":"block_actions","trigger_id":"99"}' });
    expect(slack.read(button, {})).toEqual({ type: "block_actions", id: "99" });
  });
});

describe("Twilio", () => {
  const twilio = providerOf("twilio");
  test("a JSON call counts only when the URL carries its body's hash", () => {
    const call = twilioJson('{"type":"com.twilio.x"}', "12345");
    expect(twilio.prove(call, ["12345"], {})).toEqual({ proven: true, secret: 0 });
    expect(twilio.prove({ ...call, body: Buffer.from("{}") }, ["12345"], {})).toMatchObject({ proven: false });
    const bare = { ...call, url: SOURCE_URL };
    expect(twilio.prove(bare, ["12345"], {})).toEqual({ proven: false, fault: { code: "body_not_signed" } });
  });

  test("two steps of one call are two deliveries, though both carry its id and status", async () => {
    const step = (Digits: string) => formCall({ CallSid: "CA1", CallStatus: "in-progress", Digits });
    const keys = ["1", "2", "2"].map((digits) => {
      const call = step(digits);
      return dedupeKeyOf("twilio", { reading: twilio.read(call, {}), body: call.body, contentType: FORM_TYPE });
    });
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys[1]).toBe(keys[2]);
  });

  test("it may sign the default port or leave it out", async () => {
    const call = await genuine("twilio");
    const withPort = { ...call, url: call.url.replace("hooks.example.com", "hooks.example.com:443") };
    const signature = createHmac("sha1", "12345");
    const fields = "EmptyMessageSidSM1MessageStatusdeliveredTo+1 415";
    const headers = new Map(call.headers);
    headers.set("x-twilio-signature", signature.update(withPort.url + fields).digest("base64"));
    expect(twilio.prove({ ...call, headers }, ["12345"], {})).toEqual({ proven: true, secret: 0 });
  });
});

describe("Mandrill", () => {
  const mandrill = providerOf("mandrill");
  const signed = (events: string, key: string) => {
    const signature = createHmac("sha1", key).update(`${SOURCE_URL}mandrill_events${events}`).digest("base64");
    return formCall({ mandrill_events: events }, { "x-mandrill-signature": signature });
  };

  test("its set-up key is good for the empty list only", () => {
    expect(mandrill.handshake?.(signed("[]", "test-webhook"), [], {})).toEqual({ status: 200 });
    const forged = signed('[{"event":"send","_id":"1"}]', "test-webhook");
    expect(mandrill.handshake?.(forged, [], {})).toBeNull();
    expect(mandrill.prove(forged, ["key"], {})).toMatchObject({ proven: false });
  });

  test("a batch is read event by event", () => {
    const call = signed('[{"event":"open","_id":"1","ts":2},{"type":"blacklist","action":"add"}]', "key");
    const split = mandrill.split?.(call) ?? [];
    expect(split.map(({ reading }) => reading)).toEqual([
      { type: "open", id: "1 2 open" },
      { type: "blacklist.add", id: null },
    ]);
  });
});

describe("WooCommerce", () => {
  test("its ping is answered in its exact form and no other", () => {
    const { handshake } = providerOf("woocommerce");
    expect(handshake?.(formCall({ webhook_id: "12" }), [], {})).toEqual({ status: 200 });
    for (const fields of [{ webhook_id: "12x" }, { webhook_id: "12", order: "1" }]) {
      expect(handshake?.(formCall(fields as Record<string, string>), [], {})).toBeNull();
    }
    expect(handshake?.(formCall({ webhook_id: "12" }, { "x-wc-webhook-signature": "x" }), [], {})).toBeNull();
  });
});

describe("Mailchimp", () => {
  const { prove, read } = providerOf("mailchimp");
  test("the secret in the URL proves it, the wrong one or none does not", () => {
    const at = (query: string) => ({
      ...formCall({ type: "subscribe" }),
      url: `https://hooks.example.com/in/t${query}`,
    });
    expect(prove(at("?secret=long-text"), ["long-text"], {})).toEqual({ proven: true, secret: 0 });
    expect(prove(at("?secret=long-tex"), ["long-text"], {})).toMatchObject({ proven: false });
    expect(prove(at(""), ["long-text"], {})).toMatchObject({ proven: false });
    expect(read(formCall({ type: "subscribe" }), {}).type).toBe("subscribe");
  });
});

describe("JWT", () => {
  const { prove } = providerOf("jwt");
  const secret = "a-shared-secret-of-thirty-two-by";
  const shown = (token: string) => callWith({ headers: { authorization: `Bearer ${token}` }, body: "{}" });
  const soon = () => Math.floor(Date.now() / 1_000) + 60;
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const RS = { token: { algorithms: ["RS256"] } };

  test("a token without a signature, without an end, or past it is refused", async () => {
    const unsecured = new UnsecuredJWT({}).setExpirationTime(soon()).encode();
    expect(await prove(shown(unsecured), [secret], {})).toMatchObject({ proven: false });
    const endless = await new SignJWT({}).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(secret));
    expect(await prove(shown(endless), [secret], {})).toMatchObject({ proven: false, fault: { code: "token" } });
    const past = await new SignJWT({})
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime(soon() - 120)
      .sign(Buffer.from(secret));
    const why = { code: "token", why: "it has expired" };
    expect(await prove(shown(past), [secret], {})).toEqual({ proven: false, fault: why });
  });

  test("a public key proves an RSA signature, and is never taken for a shared secret", async () => {
    const good = await new SignJWT({}).setProtectedHeader({ alg: "RS256" }).setExpirationTime(soon()).sign(privateKey);
    expect(await prove(shown(good), [pem], RS)).toEqual({ proven: true, secret: 0 });
    const forged = await new SignJWT({})
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime(soon())
      .sign(Buffer.from(pem));
    for (const algorithms of [["RS256"], ["RS256", "HS256"]]) {
      expect(await prove(shown(forged), [pem], { token: { algorithms } })).toMatchObject({ proven: false });
    }
  });

  test("a token that names no key is tried with each of the JWKS that it may be signed with", async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const others = await Promise.all([1, 2].map(async () => exportJWK((await generateKeyPair("RS256")).publicKey)));
    const settings = (...keys: object[]) => ({
      token: { algorithms: ["RS256"], keys: { keys: keys as Record<string, unknown>[] } },
    });
    const own = await exportJWK(publicKey);
    const signed = (end: string) => new SignJWT({}).setProtectedHeader({ alg: "RS256" }).setExpirationTime(end);
    const token = await signed("1h").sign(privateKey);
    const [first = {}, second = {}] = others;
    expect(await prove(shown(token), [], settings(first, own, second))).toEqual({ proven: true, secret: null });
    expect(await prove(shown(token), [], settings(first, second))).toEqual({
      proven: false,
      fault: { code: "mismatch" },
    });
    const late = await signed("1 hour ago").sign(privateKey);
    expect(await prove(shown(late), [], settings(first, own))).toEqual({
      proven: false,
      fault: { code: "token", why: "it has expired" },
    });
  });

  test("a key that the token brings along is not looked at; one of the JWKS is", async () => {
    const jwk = await exportJWK(publicKey);
    const header = { alg: "RS256", kid: "1", jwk };
    const token = await new SignJWT({}).setProtectedHeader(header).setExpirationTime(soon()).sign(privateKey);
    const own = await exportJWK(generateKeyPairSync("rsa", { modulusLength: 2_048 }).publicKey);
    const keys = (one: object) => ({ token: { algorithms: ["RS256"], keys: { keys: [{ ...one, kid: "1" }] } } });
    expect(await prove(shown(token), [], keys(own))).toMatchObject({ proven: false });
    expect(await prove(shown(token), [], keys(jwk))).toEqual({ proven: true, secret: null });
  });
});

describe("Standard Webhooks", () => {
  test("a public key proves an Ed25519 signature, and not one that is cut", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
    const time = String(Math.floor(Date.now() / 1_000));
    const signature = sign(null, Buffer.from(`msg_1.${time}.{}`), privateKey).toString("base64");
    const with_ = (value: string) =>
      callWith({
        headers: { "webhook-id": "msg_1", "webhook-timestamp": time, "webhook-signature": value },
        body: "{}",
      });
    const { prove } = providerOf("standard_webhooks");
    expect(prove(with_(`v1a,${signature}`), [`whpk_${raw}`], {})).toEqual({ proven: true, secret: 0 });
    expect(prove(with_(`v1a,${signature.slice(0, -2)}`), [`whpk_${raw}`], {})).toMatchObject({ proven: false });
    expect(prove(with_(`v1,${signature}`), [`whpk_${raw}`], {})).toMatchObject({ proven: false });
    expect(prove(with_(`v1a,${signature}`), ["whpk_AAAA"], {})).toMatchObject({ proven: false });
  });
});
