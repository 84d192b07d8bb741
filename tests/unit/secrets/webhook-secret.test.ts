import { expect, test } from "vitest";
import { newWebhookSecret, webhookSecretBytes } from "../../../lib/secrets/webhook-secret.ts";

test("a new secret is whsec_ and 32 random bytes", () => {
  expect(webhookSecretBytes(newWebhookSecret())).toHaveLength(32);
  expect(newWebhookSecret()).not.toBe(newWebhookSecret());
});

test.each([
  [23, false],
  [24, true],
  [64, true],
  [65, false],
])("a secret of %i bytes is accepted: %s", (bytes, accepted) => {
  expect(webhookSecretBytes(`whsec_${Buffer.alloc(bytes).toString("base64")}`) !== null).toBe(accepted);
});

test.each(["", "whsec_", `${Buffer.alloc(32).toString("base64")}`, "whsec_not base64 at all, but long enough to be"])(
  "%j is no secret",
  (text) => expect(webhookSecretBytes(text)).toBeNull(),
);
