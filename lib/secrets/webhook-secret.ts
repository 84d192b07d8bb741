import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

/** The Standard Webhooks specification asks for 24 to 64. */
const SECRET_BYTES = 32;
const SEED_BYTES = 32;
/** What an Ed25519 seed needs in front of it to be a private key in PKCS #8. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A new signing secret: `whsec_` and base64 of random bytes. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** A new private key: `whsk_` and base64 of seed and public key, as the specification's libraries have it. */
export function newWebhookKey(): string {
  const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const bytes = [d, x].map((part) => Buffer.from(part, "base64url"));
  return `whsk_${Buffer.concat(bytes).toString("base64")}`;
}

export function isWebhookKey(secret: string): boolean {
  return secret.startsWith("whsk_");
}

/** The private key inside `whsk_…`. */
export function privateKeyOf(secret: string): KeyObject {
  const bytes = Buffer.from(secret.replace(/^whsk_/, ""), "base64");
  const der = Buffer.concat([PKCS8, bytes.subarray(0, SEED_BYTES)]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** What receivers verify with: a shared secret itself, of a key pair the public half, `whpk_…`. */
export function verificationSecret(secret: string): string {
  if (!isWebhookKey(secret)) return secret;
  const { x = "" } = createPublicKey(privateKeyOf(secret)).export({ format: "jwk" });
  return `whpk_${Buffer.from(x, "base64url").toString("base64")}`;
}
