import { createPublicKey, randomInt } from "node:crypto";
import type { ProviderName } from "../providers/names.ts";

/** A public key of 4,096 bits in PEM has 800. */
export const MAX_SECRET_LENGTH = 4_096;
const MADE_LENGTH = 32;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const VISIBLE = /^[\x21-\x7e]+$/;
const WHSEC = /^(?:whsec_)?([A-Za-z0-9+/]+={0,2})$/;
const WHPK = /^whpk_([A-Za-z0-9+/]{43}=?)$/;

/** 190 bits, of letters and digits alone: it may stand in a URL, a header or a form as it is. */
export function newSourceSecret(): string {
  return Array.from({ length: MADE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** Why this text cannot be a secret of the provider's, in words that do not repeat it; null when it may be. */
export function secretProblem(provider: ProviderName, secret: string): string | null {
  if (secret.length > MAX_SECRET_LENGTH) return `A secret has at most ${MAX_SECRET_LENGTH} characters`;
  if (secret.includes("PRIVATE KEY-----")) return "That is a private key: give the public one";
  return RULES[provider]?.(secret) ?? null;
}

const RULES: Partial<Record<ProviderName, (secret: string) => string | null>> = {
  stripe: (secret) => {
    if (/^[sr]k_(live|test)_/.test(secret)) return "That is an API key; the signing secret starts whsec_";
    return secret.startsWith("whsec_") ? null : "Stripe's signing secrets start whsec_: paste all of it";
  },
  slack: (secret) =>
    /^xox[a-z]-/.test(secret) ? "That is a token; the signing secret is under App Credentials" : null,
  standard_webhooks: standardProblem,
  svix: standardProblem,
  basic: (secret) => (secret.indexOf(":") > 0 ? null : "Give user and password with a colon between, user:password"),
  bearer: visibleProblem,
  mailchimp: visibleProblem,
  papertrail: visibleProblem,
  jwt: (secret) => (secret.includes("-----BEGIN") && !isPublicKey(secret) ? "That is not a public key in PEM" : null),
};

function standardProblem(secret: string): string | null {
  if (secret.startsWith("whsk_")) return "That is a private key: give the public one, whpk_…";
  if (secret.startsWith("whpk_")) return WHPK.test(secret) ? null : "After whpk_ come the 32 bytes of a key as base64";
  return WHSEC.test(secret) ? null : "After whsec_ comes base64, nothing else: paste all of it";
}

function visibleProblem(secret: string): string | null {
  return VISIBLE.test(secret) ? null : "It has only letters, digits and signs, no spaces";
}

function isPublicKey(pem: string): boolean {
  try {
    createPublicKey(pem);
    return true;
  } catch {
    // Cut short, or of another kind; which, OpenSSL does not say in words for people.
    return false;
  }
}

/** Below this length four characters would give too much of it away. */
const LEAST_LENGTH_SHOWN = 16;
const SHOWN = 4;

/** What a person tells one secret from another by. */
export function endingOf(secret: string): string {
  const text = secret.replace(/-----END[^-]*-----\s*$/, "").trim();
  const isTellable = text.length >= LEAST_LENGTH_SHOWN && VISIBLE.test(text.slice(-SHOWN));
  // A password may be short, whatever stands before its colon.
  return isTellable && !text.includes(":") ? text.slice(-SHOWN) : "";
}
