import { createPrivateKey, X509Certificate } from "node:crypto";

/** Why a certificate and a key cannot be used together, in words, or null. */
export function certificateProblem(
  { certificate, key }: { certificate: string; key: string },
  now = new Date(),
): string | null {
  const parsed = parse(() => new X509Certificate(certificate));
  if (!parsed) return "The certificate is not readable: give it as PEM, from -----BEGIN CERTIFICATE----- on";
  const privateKey = parse(() => createPrivateKey(key));
  if (!privateKey) return "The private key is not readable: give it as PEM, without a passphrase";
  if (!parsed.checkPrivateKey(privateKey)) return "The private key does not belong to the certificate";
  if (parsed.validToDate < now)
    return `The certificate has expired on ${parsed.validToDate.toISOString().slice(0, 10)}`;
  return null;
}

/** What people tell certificates apart by; null when it cannot be read. */
export function certificateFacts(certificate: string): { subject: string; validTo: Date } | null {
  const parsed = parse(() => new X509Certificate(certificate));
  return parsed && { subject: parsed.subject.replaceAll("\n", ", "), validTo: parsed.validToDate };
}

function parse<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    // OpenSSL's words about it would help nobody.
    return null;
  }
}
