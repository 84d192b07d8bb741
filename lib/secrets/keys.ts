import { createHmac } from "node:crypto";
import { EnvironmentError, env } from "../env.ts";

export type EncryptionKey = { id: string; bytes: Buffer };

/**
 * The keys of `ENCRYPTION_KEY`, the active one first.
 * @throws EnvironmentError when it is missing or names one id twice
 */
export function parseKeys(text: string | undefined): [EncryptionKey, ...EncryptionKey[]] {
  if (!text) throw new EnvironmentError("ENCRYPTION_KEY is not set: give it as id:base64 of 32 random bytes");
  const [active, ...older] = text.split(",").map((part) => {
    const [id = "", base64 = ""] = part.split(":");
    return { id, bytes: Buffer.from(base64, "base64") };
  });
  if (!active) throw new EnvironmentError("ENCRYPTION_KEY is not set: give it as id:base64 of 32 random bytes");
  const keys: [EncryptionKey, ...EncryptionKey[]] = [active, ...older];
  if (new Set(keys.map((key) => key.id)).size < keys.length) {
    throw new EnvironmentError("ENCRYPTION_KEY names the same id twice: every key needs an id of its own");
  }
  return keys;
}

let cached: { text: string | undefined; keys: [EncryptionKey, ...EncryptionKey[]] } | undefined;

/** This process's keys. */
export function encryptionKeys(): [EncryptionKey, ...EncryptionKey[]] {
  const text = env().ENCRYPTION_KEY;
  if (cached?.text !== text || !cached) cached = { text, keys: parseKeys(text) };
  return cached.keys;
}

/** Tells two keys apart without telling anything about either. */
export function fingerprintOf(key: EncryptionKey): string {
  return createHmac("sha256", key.bytes).update("posthorn encryption key").digest("hex").slice(0, 32);
}
