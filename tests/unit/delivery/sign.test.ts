import { createPublicKey, verify } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { sign, signingKey } from "../../../lib/delivery/sign.ts";
import { isSigned } from "../../../lib/receiver/signature.ts";
import { newWebhookKey, verificationSecret } from "../../../lib/secrets/webhook-secret.ts";

const OLD = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const NEW = `whsec_${Buffer.alloc(24, 2).toString("base64")}`;
const now = new Date();
const seconds = Math.floor(now.getTime() / 1_000);
const body = Buffer.from('{"type":"a","data":"ü"}');

function signed(...secrets: [string, Date | null][]) {
  const keys = secrets.map(([secret, expiresAt]) => ({ key: signingKey(secret), expiresAt }));
  return sign("evt_1", seconds, body, keys, now);
}

function accepts(secret: string, signature: string): boolean {
  const headers = { "webhook-id": "evt_1", "webhook-timestamp": String(seconds), "webhook-signature": signature };
  try {
    new Webhook(secret).verify(body.toString(), headers);
    return true;
  } catch {
    // The library refuses by throwing.
    return false;
  }
}

test("during a rotation both secrets sign, and a receiver with either accepts", () => {
  const signature = signed([NEW, null], [OLD, new Date(now.getTime() + 1_000)]);
  expect(signature.split(" ")).toHaveLength(2);
  expect([accepts(NEW, signature), accepts(OLD, signature)]).toEqual([true, true]);
});

test("after the overlap the old secret signs no more", () => {
  const signature = signed([NEW, null], [OLD, now]);
  expect([accepts(NEW, signature), accepts(OLD, signature)]).toEqual([true, false]);
});

const call = { id: "evt_1", timestamp: String(seconds), signatures: signed([NEW, null]), body };

test("the built-in receiver accepts what the sender signs, with any of its secrets", () => {
  expect(isSigned(call, [OLD, NEW], now)).toBe(true);
});

test.each([
  ["another body", { ...call, body: Buffer.from("{}") }],
  ["another id", { ...call, id: "evt_2" }],
  ["no id", { ...call, id: "" }],
  ["another time", { ...call, timestamp: String(seconds + 1) }],
  ["no number as time", { ...call, timestamp: "soon" }],
  ["an old time", { ...call, timestamp: String(seconds - 301) }],
  ["no signature", { ...call, signatures: "" }],
  ["an unknown version", { ...call, signatures: call.signatures.replace("v1,", "v2,") }],
  ["a cut signature", { ...call, signatures: call.signatures.slice(0, -6) }],
])("the built-in receiver refuses a call with %s", (_what, changed) => {
  expect(isSigned(changed, [NEW], now)).toBe(false);
});

test("the built-in receiver refuses a foreign secret", () => expect(isSigned(call, [OLD], now)).toBe(false));

const KEY = newWebhookKey();

test("a private key signs as v1a, which its public half verifies and no other", () => {
  const signature = signed([KEY, null]);
  expect(signature).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
  const bytes = Buffer.from(signature.slice(4), "base64");
  const content = Buffer.concat([Buffer.from(`evt_1.${seconds}.`), body]);
  const verifies = (secret: string) => {
    const x = Buffer.from(verificationSecret(secret).replace("whpk_", ""), "base64").toString("base64url");
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verify(null, content, publicKey, bytes);
  };
  expect([verifies(KEY), verifies(newWebhookKey())]).toEqual([true, false]);
});

test("while an endpoint changes from a secret to a key pair, receivers with either accept", () => {
  const signature = signed([KEY, null], [OLD, new Date(now.getTime() + 1_000)]);
  expect(accepts(OLD, signature)).toBe(true);
  const both = { ...call, signatures: signature };
  expect([isSigned(both, [KEY], now), isSigned(both, [OLD], now), isSigned(both, [NEW], now)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isSigned({ ...both, body: Buffer.from("{}") }, [KEY], now)).toBe(false);
});
