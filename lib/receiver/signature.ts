import { createHmac, timingSafeEqual } from "node:crypto";

export type SignedCall = { id: string; timestamp: string; signatures: string; body: Buffer };

/** As the Standard Webhooks libraries allow. */
const TOLERANCE_MS = 5 * 60_000;

/** Whether a call carries a fresh Standard Webhooks signature by one of the secrets. */
export function isSigned({ id, timestamp, signatures, body }: SignedCall, secrets: string[], now: Date): boolean {
  if (!id || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Number(timestamp) * 1_000 - now.getTime()) > TOLERANCE_MS) return false;
  const given = signatures.split(" ").flatMap((part) => (part.startsWith("v1,") ? [part.slice(3)] : []));
  return secrets.some((secret) => {
    const expected = createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64"))
      .update(`${id}.${timestamp}.`)
      .update(body)
      .digest();
    return given.some((signature) => isEqual(Buffer.from(signature, "base64"), expected));
  });
}

function isEqual(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
