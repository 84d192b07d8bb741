import { expect, test } from "vitest";
import { checkSignature } from "../../../lib/delivery/check-signature.ts";
import { sign, signingKey } from "../../../lib/delivery/sign.ts";
import { newWebhookKey, newWebhookSecret, verificationSecret } from "../../../lib/secrets/webhook-secret.ts";

const body = Buffer.from('{"total":1}');

function signed(...secrets: string[]) {
  const keys = secrets.map((secret) => ({ key: signingKey(secret), expiresAt: null }));
  return {
    id: "evt_1",
    timestamp: "1760000000",
    signatures: sign("evt_1", 1_760_000_000, body, keys, new Date()),
    body,
  };
}

test("the secret that signed matches, with its prefix or without, in quotes or between blanks", () => {
  const secret = newWebhookSecret();
  for (const pasted of [secret, secret.replace("whsec_", ""), `"${secret}"`, `  ${secret}\n`]) {
    expect(checkSignature(signed(secret), pasted)).toEqual({ result: "matches", number: 1, of: 1 });
  }
});

test("while a secret is rotated, it is said which of the signatures matches", () => {
  const [current, old] = [newWebhookSecret(), newWebhookSecret()];
  expect(checkSignature(signed(current, old), old)).toEqual({ result: "matches", number: 2, of: 2 });
});

test("a public key verifies what its private key signed, and the private key is not taken", () => {
  const key = newWebhookKey();
  expect(checkSignature(signed(key), verificationSecret(key))).toMatchObject({ result: "matches" });
  expect(checkSignature(signed(key), key)).toMatchObject({ result: "unusable" });
});

test("another secret differs, and so does the right one once body, id or time are others", () => {
  const secret = newWebhookSecret();
  const parts = signed(secret);
  expect(checkSignature(parts, newWebhookSecret())).toEqual({ result: "differs", hint: null });
  for (const changed of [
    { body: Buffer.from("{}") },
    { id: "evt_2" },
    { timestamp: "1760000001" },
    { signatures: "" },
  ]) {
    expect(checkSignature({ ...parts, ...changed }, secret)).toMatchObject({ result: "differs" });
  }
});

test("a secret of the other kind is told so", () => {
  const [secret, key] = [newWebhookSecret(), newWebhookKey()];
  expect(checkSignature(signed(key), secret)).toMatchObject({
    result: "differs",
    hint: expect.stringContaining("whpk_"),
  });
  expect(checkSignature(signed(secret), verificationSecret(key))).toMatchObject({
    hint: expect.stringContaining("v1a"),
  });
});

test.each([["whsec_not base64!"], [""], ["whsec_c2hvcnQ="], ["whpk_c2hvcnQ="]])(
  "%j is no secret, and it is said why",
  (text) => {
    expect(checkSignature(signed(newWebhookSecret()), text)).toMatchObject({ result: "unusable" });
  },
);
