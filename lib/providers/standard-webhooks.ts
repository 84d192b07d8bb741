import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { type Call, clockFault, type Proof, provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import { jsonFields, textOf } from "./reading.ts";

const SECRET = /^(?:whsec_)?([A-Za-z0-9+/]+={0,2})$/;
const PUBLIC_KEY = /^whpk_([A-Za-z0-9+/]+={0,2})$/;
/** What stands before an Ed25519 key's 32 bytes in DER. */
const ED25519_DER = Buffer.from("302a300506032b6570032100", "hex");

/** `webhook-id`, `-timestamp`, `-signature`: base64 HMAC (`v1,`) or Ed25519 (`v1a,`) over `id.timestamp.body`. */
export const standardWebhooks: Provider = {
  label: "Standard Webhooks",
  secret: { label: "Signing secret", hint: "whsec_… for shared secrets, whpk_… for a public key" },
  prove: (call, secrets) => proveBy("webhook", call, secrets),
  read: (call) => readBy("webhook", call),
};

/** The same with Svix's own header names; it sends either. */
export const svix: Provider = {
  label: "Svix",
  secret: { label: "Signing secret", hint: "whsec_… of the endpoint in the sender's webhook portal" },
  prove: (call, secrets) => proveBy(familyOf(call), call, secrets),
  read: (call) => readBy(familyOf(call), call),
};

function familyOf({ headers }: Call): string {
  return headers.has("svix-signature") ? "svix" : "webhook";
}

function proveBy(family: string, call: Call, secrets: readonly string[]): Proof {
  const names = [`${family}-id`, `${family}-timestamp`, `${family}-signature`];
  const missing = names.find((name) => !call.headers.get(name));
  if (missing) return refuse({ code: "header_missing", header: missing });
  const [id = "", time = "", given = ""] = names.map((name) => call.headers.get(name));
  const fault = clockFault(call, time, `${family}-timestamp`);
  if (fault) return refuse(fault);
  const signatures = given.split(" ").map((part) => part.split(","));
  const content = Buffer.concat([Buffer.from(`${id}.${time}.`), call.body]);
  return provenBy(secrets, (secret) =>
    signatures.some(([version, signature = ""]) => isSigned({ version, signature, secret, content })),
  );
}

type Signed = { version: string | undefined; signature: string; secret: string; content: Buffer };

function isSigned({ version, signature, secret, content }: Signed): boolean {
  const publicKey = PUBLIC_KEY.exec(secret)?.[1];
  if (publicKey) return version === "v1a" && isSignedWith(ed25519Key(publicKey), signature, content);
  const key = secretKey(secret);
  if (version !== "v1" || !key) return false;
  return isEqual(signature, signatureOf({ algorithm: "sha256", encoding: "base64", key }, content));
}

/** What a shared secret signs with; null: it is none, such as a public key. */
export function secretKey(secret: string): Buffer | null {
  const key = SECRET.exec(secret)?.[1];
  return key ? Buffer.from(key, "base64") : null;
}

/** Null: not the 32 bytes of a key. */
function ed25519Key(base64: string): KeyObject | null {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== 32) return null;
  return createPublicKey({ key: Buffer.concat([ED25519_DER, bytes]), format: "der", type: "spki" });
}

function isSignedWith(key: KeyObject | null, signature: string, content: Buffer): boolean {
  const bytes = Buffer.from(signature, "base64");
  // A lenient decoder would take a cut or padded text for the signature it begins with.
  return key !== null && bytes.toString("base64") === signature && verify(null, content, key, bytes);
}

function readBy(family: string, call: Call) {
  return { type: textOf(jsonFields(call).type), id: call.headers.get(`${family}-id`) ?? null };
}
