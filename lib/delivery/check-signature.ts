import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";

/** A request's three signed parts and its `webhook-signature`. */
export type SignedParts = { id: string; timestamp: string; signatures: string; body: Buffer };

/** What a pasted secret has to do with a request's signatures. */
export type SignatureVerdict =
  /** `number` counts the header's signatures from 1. */
  | { result: "matches"; number: number; of: number }
  | { result: "differs"; hint: string | null }
  | { result: "unusable"; why: string };

/** The Standard Webhooks specification asks for 24 to 64. */
const KEY_BYTES = { least: 24, most: 64 };
const PUBLIC_KEY_BYTES = 32;
/** What an Ed25519 key needs in front of it to be a public key in SPKI. */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Whether a secret (`whsec_…`) or public key (`whpk_…`) belongs to one of the signatures; the time is not looked at. */
export function checkSignature(parts: SignedParts, pasted: string): SignatureVerdict {
  const key = readKey(pasted);
  if ("why" in key) return { result: "unusable", why: key.why };
  const given = parts.signatures.split(" ").filter(Boolean);
  const content = Buffer.concat([Buffer.from(`${parts.id}.${parts.timestamp}.`), parts.body]);
  const found = given.findIndex((signature) => isMadeWith(key, signature, content));
  if (found >= 0) return { result: "matches", number: found + 1, of: given.length };
  const wanted = key.public ? "v1a" : "v1";
  if (given.some((signature) => signature.startsWith(`${wanted},`))) return { result: "differs", hint: null };
  const hint = key.public
    ? "This request is signed with a shared secret (v1); a public key verifies v1a signatures."
    : "This request is signed with a key pair (v1a); paste the public key, whpk_….";
  return { result: "differs", hint };
}

type Key = { public: KeyObject; shared?: never } | { shared: Buffer; public?: never };

function readKey(pasted: string): Key | { why: string } {
  const text = pasted.trim().replace(/^["']|["']$/g, "");
  if (text.startsWith("whsk_"))
    return { why: "That is a private key. Verify with the public one, which starts whpk_." };
  const [, prefix, encoded = ""] = /^(whsec_|whpk_)?(.*)$/s.exec(text) ?? [];
  if (!BASE64.test(encoded)) return { why: "That is not a secret: after whsec_ or whpk_ comes base64, nothing else." };
  const bytes = Buffer.from(encoded, "base64");
  if (prefix === "whpk_") {
    if (bytes.length !== PUBLIC_KEY_BYTES)
      return { why: `A public key has ${PUBLIC_KEY_BYTES} bytes, this one ${bytes.length}.` };
    return { public: createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: "der", type: "spki" }) };
  }
  const { least, most } = KEY_BYTES;
  if (bytes.length < least || bytes.length > most) {
    return { why: `A secret has ${least} to ${most} bytes, this one ${bytes.length}: was all of it copied?` };
  }
  return { shared: bytes };
}

function isMadeWith(key: Key, signature: string, content: Buffer): boolean {
  const [version, encoded = ""] = signature.split(",");
  const bytes = Buffer.from(encoded, "base64");
  if (key.public) return version === "v1a" && verify(null, content, key.public, bytes);
  const expected = createHmac("sha256", key.shared).update(content).digest();
  return version === "v1" && bytes.length === expected.length && timingSafeEqual(bytes, expected);
}
