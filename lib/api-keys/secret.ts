import { hash, randomInt } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH = 32;

/** `ph_` and 190 bits: too many to guess, so a plain hash is enough to keep it. */
export function newApiKeySecret(): string {
  return `ph_${Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("")}`;
}

export function hashApiKey(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}
