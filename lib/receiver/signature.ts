import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { isWebhookKey, privateKeyOf } from "../secrets/webhook-secret.ts";

export type SignedCall = { id: string; timestamp: string; signatures: string; body: Buffer };

/** As the Standard Webhooks libraries allow. */
const TOLERANCE_MS = 5 * 60_000;

/** Whether a call carries a fresh Standard Webhooks signature by one of the secrets. */
export function isSigned({ id, timestamp, signatures, body }: SignedCall, secrets: string[], now: Date): boolean {
  if (!id || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Number(timestamp) * 1_000 - now.getTime()) > TOLERANCE_MS) return false;
  const given = signatures.split(" ").map((part) => part.split(","));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return secrets.some((secret) =>
    given.some(([version, signature = ""]) => {
      const bytes = Buffer.from(signature, "base64");
      if (isWebhookKey(secret)) return version === "v1a" && verify(null, content, publicKeyOf(secret), bytes);
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      return version === "v1" && isEqual(bytes, createHmac("sha256", key).update(content).digest());
    }),
  );
}

function publicKeyOf(secret: string): KeyObject {
  return createPublicKey(privateKeyOf(secret));
}

function isEqual(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
