import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { newWebhookSecret } from "../../../lib/secrets/webhook-secret.ts";

test("a new secret is whsec_ and 32 random bytes, which receivers' libraries take", () => {
  const secret = newWebhookSecret();
  expect(Buffer.from(secret.replace(/^whsec_/, ""), "base64")).toHaveLength(32);
  expect(() => new Webhook(secret)).not.toThrow();
  expect(newWebhookSecret()).not.toBe(secret);
});
