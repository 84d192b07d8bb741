import { isMadeBy, readVerifyingKey, type VerifyingKey } from "../secrets/verifying-key.ts";

/** A request's three signed parts and its `webhook-signature`. */
export type SignedParts = { id: string; timestamp: string; signatures: string; body: Buffer };

/** What a pasted secret has to do with a request's signatures. */
export type SignatureVerdict =
  /** `number` counts the header's signatures from 1. */
  | { result: "matches"; number: number; of: number }
  | { result: "differs"; hint: string | null }
  | { result: "unusable"; why: string };

/** Whether a secret (`whsec_…`) or public key (`whpk_…`) belongs to one of the signatures; the time is not looked at. */
export function checkSignature(parts: SignedParts, pasted: string): SignatureVerdict {
  const key = readVerifyingKey(pasted);
  if ("problem" in key) return { result: "unusable", why: key.problem };
  const given = parts.signatures.split(" ").filter(Boolean);
  const content = Buffer.concat([Buffer.from(`${parts.id}.${parts.timestamp}.`), parts.body]);
  const found = given.findIndex((signature) => isBy(key, signature, content));
  if (found >= 0) return { result: "matches", number: found + 1, of: given.length };
  if (given.some((signature) => signature.startsWith(`${key.version},`))) return { result: "differs", hint: null };
  const hint =
    key.version === "v1a"
      ? "This request is signed with a shared secret (v1); a public key verifies v1a signatures."
      : "This request is signed with a key pair (v1a); paste the public key, whpk_….";
  return { result: "differs", hint };
}

function isBy(key: VerifyingKey, given: string, content: Buffer): boolean {
  const [version, signature = ""] = given.split(",");
  return version === key.version && isMadeBy(key, signature, content);
}
