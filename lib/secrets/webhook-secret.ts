import { randomBytes } from "node:crypto";

const PREFIX = "whsec_";
/** What the Standard Webhooks specification asks for. */
const MIN_BYTES = 24;
const MAX_BYTES = 64;
const NEW_BYTES = 32;

/** A new signing secret: `whsec_` and base64 of random bytes. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(NEW_BYTES).toString("base64");
}

/** The key inside a `whsec_…` secret, or null when it is not one of 24 to 64 bytes. */
export function webhookSecretBytes(secret: string): Buffer | null {
  if (!secret.startsWith(PREFIX)) return null;
  const base64 = secret.slice(PREFIX.length);
  const bytes = Buffer.from(base64, "base64");
  // Buffer skips what is not base64; encoding it again shows whether anything was skipped.
  if (bytes.toString("base64") !== base64) return null;
  return bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES ? bytes : null;
}
