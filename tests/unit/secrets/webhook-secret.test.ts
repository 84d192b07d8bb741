import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { newWebhookKey, newWebhookSecret, verificationSecret } from "../../../lib/secrets/webhook-secret.ts";

test("a new secret is whsec_ and 32 random bytes, which receivers' libraries take", () => {
  const secret = newWebhookSecret();
  expect(Buffer.from(secret.replace(/^whsec_/, ""), "base64")).toHaveLength(32);
  expect(() => new Webhook(secret)).not.toThrow();
  expect(newWebhookSecret()).not.toBe(secret);
});

test("a new private key is whsk_ and 64 bytes: the seed and the public key that receivers get as whpk_", () => {
  const key = newWebhookKey();
  const bytes = Buffer.from(key.replace(/^whsk_/, ""), "base64");
  expect(bytes).toHaveLength(64);
  expect(verificationSecret(key)).toBe(`whpk_${bytes.subarray(32).toString("base64")}`);
  expect(newWebhookKey()).not.toBe(key);
});

test("what receivers verify with is never the private key, and of a shared secret itself", () => {
  const [key, secret] = [newWebhookKey(), newWebhookSecret()];
  expect(verificationSecret(key)).not.toContain(key.slice(5, 40));
  expect(verificationSecret(secret)).toBe(secret);
});
