import { createHmac, createSecretKey, type KeyObject, sign as signWith } from "node:crypto";
import { isWebhookKey, privateKeyOf } from "../secrets/webhook-secret.ts";

/** A decrypted signing secret; `expiresAt` is set once it has been rotated out. Its kind of key tells its kind of signature. */
export type SigningSecret = { key: KeyObject; expiresAt: Date | null };

/** The key of a stored secret. As a key object: a hash keyed with plain bytes takes ten times as long to make. */
export function signingKey(secret: string): KeyObject {
  if (isWebhookKey(secret)) return privateKeyOf(secret);
  return createSecretKey(Buffer.from(secret.replace(/^whsec_/, ""), "base64"));
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
