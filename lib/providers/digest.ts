import { createHmac, timingSafeEqual } from "node:crypto";

export const ALGORITHMS = ["sha1", "sha256", "sha384", "sha512"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];
export const ENCODINGS = ["hex", "base64"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export type Keyed = { algorithm: Algorithm; encoding: Encoding; key: string | Buffer };

/** The signature of the parts, one after the other, as text. */
export function signatureOf({ algorithm, encoding, key }: Keyed, ...parts: (string | Buffer)[]): string {
  const hmac = createHmac(algorithm, key);
  for (const part of parts) hmac.update(part);
  return hmac.digest(encoding);
}

/** Compared as text: a lenient decoder would stop at the first bad character and take what came before. */
export function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
