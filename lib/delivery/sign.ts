import { createHmac, createSecretKey, type KeyObject } from "node:crypto";

/** A decrypted signing secret; `expiresAt` is set once it has been rotated out. */
export type SigningSecret = { key: KeyObject; expiresAt: Date | null };

/** The key inside a `whsec_…` secret. As a key object: a hash keyed with plain bytes takes ten times as long to make. */
export function signingKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret.replace(/^whsec_/, ""), "base64"));
}

/** The value of `webhook-signature` (Standard Webhooks v1): one signature per secret that is active now. */
export function sign(id: string, timestamp: number, body: Buffer, secrets: SigningSecret[], now: Date): string {
  const active = secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  const content = `${id}.${timestamp}.`;
  return active
    .map(({ key }) => `v1,${createHmac("sha256", key).update(content).update(body).digest("base64")}`)
    .join(" ");
}
