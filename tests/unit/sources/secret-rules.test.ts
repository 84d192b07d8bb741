import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import type { ProviderName } from "../../../lib/providers/names.ts";
import { endingOf, MAX_SECRET_LENGTH, newSourceSecret, secretProblem } from "../../../lib/sources/secret-rules.ts";

const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
const publicPem = String(keys.publicKey.export({ type: "spki", format: "pem" }));
const privatePem = String(keys.privateKey.export({ type: "pkcs8", format: "pem" }));
const publicKey = `whpk_${Buffer.alloc(32, 7).toString("base64")}`;

test.each<[ProviderName, string]>([
  ["stripe", "whsec_abc123"],
  ["github", "It's a Secret to Everybody"],
  ["slack", "8f742231b10e8888abcd99yyyzzz85a5"],
  ["standard_webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  ["standard_webhooks", publicKey],
  ["svix", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  ["basic", "user:pass:with:colons"],
  ["bearer", "t0ken"],
  ["jwt", "a shared text"],
  ["jwt", publicPem],
])("%s takes %j", (provider, secret) => {
  expect(secretProblem(provider, secret)).toBeNull();
});

test.each<[ProviderName, string]>([
  ["stripe", "sk_live_abc"],
  ["stripe", "abc"],
  ["slack", "xoxb-123"],
  ["standard_webhooks", "whsk_abc"],
  ["standard_webhooks", "whpk_short"],
  ["svix", "whsec_not base64!"],
  ["basic", "nocolon"],
  ["basic", ":nouser"],
  ["bearer", "two words"],
  ["mailchimp", "two words"],
  ["jwt", privatePem],
  ["jwt", publicPem.slice(0, 60)],
  ["github", "x".repeat(MAX_SECRET_LENGTH + 1)],
])("%s does not take %j, and the reason does not repeat it", (provider, secret) => {
  const problem = secretProblem(provider, secret);
  expect(problem).toMatch(/^[A-Z].{10,}/);
  expect(problem).not.toContain(secret);
});

test("a secret of the greatest length is taken", () => {
  expect(secretProblem("github", "x".repeat(MAX_SECRET_LENGTH))).toBeNull();
});

test("a made secret can stand in a URL and in a header as it is, and no two are the same", () => {
  const made = Array.from({ length: 100 }, newSourceSecret);
  expect(new Set(made).size).toBe(100);
  for (const secret of made) expect(secret).toMatch(/^[0-9A-Za-z]{32}$/);
});

test("four characters tell a long secret from another; a short one and a password show none", () => {
  expect(endingOf("whsec_0123456789")).toBe("6789");
  expect(endingOf("whsec_012345678")).toBe("");
  expect(endingOf("short")).toBe("");
  expect(endingOf("123456789012345")).toBe("");
  expect(endingOf("a-long-user-name:pw")).toBe("");
  expect(publicPem).toContain(endingOf(publicPem));
});
