import { isDeepStrictEqual } from "node:util";
import { SecretError } from "../secrets/cipher.ts";
import { openAuthentication } from "./authentication.ts";
import { certificateFacts } from "./certificate-facts.ts";
import type { StoredEndpoint } from "./change.ts";
import { openCertificate } from "./client-certificate.ts";
import { openHeaders } from "./headers.ts";
import type { EndpointPatch } from "./input.ts";

const OPEN = { headers: openHeaders, authentication: openAuthentication, clientCertificate: openCertificate };
const ENCRYPTED = Object.keys(OPEN) as (keyof typeof OPEN)[];

export function isEncrypted(field: string): boolean {
  return field in OPEN;
}

/** What the audit log keeps of fields that hold secrets. */
export function auditedSecrets(given: EndpointPatch): Record<string, unknown> {
  const { headers, authentication, clientCertificate } = given;
  return {
    ...(headers && { headers: headers.map(({ name }) => name) }),
    ...(authentication !== undefined && { authentication: authentication?.type ?? "none" }),
    ...(clientCertificate !== undefined && {
      clientCertificate: clientCertificate ? certificateFacts(clientCertificate.certificate)?.subject : "none",
    }),
  };
}

/** The same of those that a change made different: a form sends all of them, whatever was touched. */
export function changedSecrets(before: StoredEndpoint, after: StoredEndpoint, patch: EndpointPatch) {
  const entries = Object.entries(auditedSecrets(patch));
  const same = new Set<string>(ENCRYPTED.filter((field) => isSame(field, before, after)));
  return Object.fromEntries(entries.filter(([field]) => !same.has(field)));
}

/** Each sealing has other bytes, so what is sealed is compared. */
function isSame(field: keyof typeof OPEN, before: StoredEndpoint, after: StoredEndpoint): boolean {
  const open = OPEN[field];
  try {
    return isDeepStrictEqual(open(before.id, before[field]), open(after.id, after[field]));
  } catch (error) {
    // What cannot be read any more was replaced.
    if (!(error instanceof SecretError)) throw error;
    return false;
  }
}
