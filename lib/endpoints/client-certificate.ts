import { z } from "zod";
import { errorFields, log } from "../log.ts";
import { decryptSecret, encryptSecret, SecretError } from "../secrets/cipher.ts";
import { MASK } from "./reserved-headers.ts";

// What a receiver that asks for one is shown in the TLS handshake. Stored encrypted as a whole; the key is never shown.

const MAX_PEM_LENGTH = 32_768;

export const clientCertificateInput = z.strictObject({
  certificate: z
    .string()
    .trim()
    .min(1, { error: "Give the certificate", abort: true })
    .max(MAX_PEM_LENGTH)
    .meta({ description: "PEM; the certificate first, then the intermediate ones that signed it." }),
  key: z.string().trim().min(1, { error: "Give the certificate's private key", abort: true }).max(MAX_PEM_LENGTH).meta({
    secret: true,
    description: "PEM, without a passphrase. Answers show ••••••••; sent back, it keeps the stored key.",
  }),
});
export type ClientCertificate = z.infer<typeof clientCertificateInput>;

export function sealCertificate(endpointId: string, certificate: ClientCertificate | null): Buffer | null {
  return certificate && encryptSecret(JSON.stringify(certificate), placeOf(endpointId));
}

export function openCertificate(endpointId: string, sealed: Buffer | null): ClientCertificate | null {
  return sealed && JSON.parse(decryptSecret(sealed, placeOf(endpointId)));
}

export function maskedCertificate(endpointId: string, sealed: Buffer | null): ClientCertificate | null {
  try {
    const certificate = openCertificate(endpointId, sealed);
    return certificate && { ...certificate, key: MASK };
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    log("error", "endpoint-certificate", errorFields(error));
    return null;
  }
}

/** The certificate with the stored key where the given one is masked. */
export function mergeCertificate(
  stored: () => ClientCertificate | null,
  given: ClientCertificate,
): ClientCertificate | { missing: string } {
  if (given.key !== MASK) return given;
  const before = stored();
  return before ? { ...given, key: before.key } : { missing: "clientCertificate.key" };
}

function placeOf(endpointId: string) {
  return { table: "endpoint", column: "client_certificate", id: endpointId };
}
