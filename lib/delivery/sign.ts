import { createHmac, createPrivateKey, createSecretKey, type KeyObject, sign as signWith } from "node:crypto";

/** A decrypted signing secret; `expiresAt` is set once it has been rotated out. Its kind of key tells its kind of signature. */
export type SigningSecret = { key: KeyObject; expiresAt: Date | null };

/** What an Ed25519 seed needs in front of it to be a private key in PKCS #8. */
const ED25519_PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SEED_BYTES = 32;

/**
 * The key inside a `whsec_…` secret or a `whsk_…` private key. As a key object: a hash keyed with plain bytes takes ten
 * times as long to make.
 */
export function signingKey(secret: string): KeyObject {
  const bytes = Buffer.from(secret.replace(/^wh(sec|sk)_/, ""), "base64");
  if (!secret.startsWith("whsk_")) return createSecretKey(bytes);
  const der = Buffer.concat([ED25519_PKCS8, bytes.subarray(0, SEED_BYTES)]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** The value of `webhook-signature` (Standard Webhooks): one signature per secret that is active now. */
export function sign(id: string, timestamp: number, body: Buffer, secrets: SigningSecret[], now: Date): string {
  const active = secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  const content = `${id}.${timestamp}.`;
  return active.map(({ key }) => signature(key, content, body)).join(" ");
}

function signature(key: KeyObject, content: string, body: Buffer): string {
  if (key.type === "secret") return `v1,${createHmac("sha256", key).update(content).update(body).digest("base64")}`;
  return `v1a,${signWith(null, Buffer.concat([Buffer.from(content), body]), key).toString("base64")}`;
}
