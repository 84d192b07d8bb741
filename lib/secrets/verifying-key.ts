import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";

/** What a Standard Webhooks signature is checked with: a shared secret makes `v1`, a public key verifies `v1a`. */
export type VerifyingKey = { version: "v1"; bytes: Buffer } | { version: "v1a"; publicKey: KeyObject };

/** The specification asks for 24 to 64. */
const SECRET_BYTES = { least: 24, most: 64 };
const PUBLIC_KEY_BYTES = 32;
/** What an Ed25519 key needs in front of it to be a public key in SPKI. */
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Reads what somebody pasted: `whsec_…`, its base64 alone, or `whpk_…`; else says in a sentence what is wrong with it. */
export function readVerifyingKey(pasted: string): VerifyingKey | { problem: string } {
  const text = pasted.trim().replace(/^["']|["']$/g, "");
  if (text.startsWith("whsk_")) {
    return { problem: "That is a private key. Verify with the public one, which starts whpk_." };
  }
  const [, prefix, encoded = ""] = /^(whsec_|whpk_)?(.*)$/s.exec(text) ?? [];
  if (!BASE64.test(encoded)) {
    return { problem: "That is not a secret: after whsec_ or whpk_ comes base64, nothing else." };
  }
  const bytes = Buffer.from(encoded, "base64");
  return prefix === "whpk_" ? readPublicKey(bytes) : readSecret(bytes);
}

function readPublicKey(bytes: Buffer): VerifyingKey | { problem: string } {
  if (bytes.length !== PUBLIC_KEY_BYTES) {
    return { problem: `A public key has ${PUBLIC_KEY_BYTES} bytes, this one ${bytes.length}.` };
  }
  const key = Buffer.concat([ED25519_SPKI, bytes]);
  return { version: "v1a", publicKey: createPublicKey({ key, format: "der", type: "spki" }) };
}

function readSecret(bytes: Buffer): VerifyingKey | { problem: string } {
  const { least, most } = SECRET_BYTES;
  if (bytes.length >= least && bytes.length <= most) return { version: "v1", bytes };
  return { problem: `A secret has ${least} to ${most} bytes, this one ${bytes.length}: was all of it copied?` };
}

/** Whether one signature, base64 behind its version, is the key's. */
export function isMadeBy(key: VerifyingKey, signature: string, content: Buffer): boolean {
  const bytes = Buffer.from(signature, "base64");
  if (key.version === "v1a") return bytes.length === 64 && verify(null, content, key.publicKey, bytes);
  const right = createHmac("sha256", key.bytes).update(content).digest();
  return right.length === bytes.length && timingSafeEqual(right, bytes);
}
