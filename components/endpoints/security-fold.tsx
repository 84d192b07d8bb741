"use client";

import { useLiveValue } from "@/components/ui/live-form";
import type { Authentication } from "@/lib/endpoints/authentication.ts";
import type { Signature } from "@/lib/endpoints/states.ts";
import { AuthenticationFields } from "./authentication-fields";
import { AUTHENTICATION_WORDS } from "./authentication-words";
import { CertificateFields } from "./certificate-fields";
import { Fold } from "./fold";
import { SignatureField } from "./signature-field";
import { SIGNATURE_WORDS } from "./signature-words";

export type SecurityValues = {
  signature: Signature;
  /** With its secret masked. */
  authentication: Authentication | null;
  certificate: string;
  secretMask: string;
};

const NAMES = ["signature", "authentication", "clientCertificate"];

/** How the receiver can be sure who calls. */
export function SecurityFold({ values, isNew }: { values: SecurityValues; isNew: boolean }) {
  const { signature, authentication, certificate, secretMask } = values;
  const isSet = signature !== "hmac" || authentication !== null || certificate !== "";
  return (
    <Fold title="Signature and authentication" summary={<Summary values={values} />} names={NAMES} open={isSet}>
      <SignatureField value={signature} isNew={isNew} />
      <AuthenticationFields stored={authentication} mask={secretMask} />
      <CertificateFields certificate={certificate} mask={secretMask} />
    </Fold>
  );
}

function Summary({ values }: { values: SecurityValues }) {
  const signature = useLiveValue("signature", values.signature) as Signature;
  const type = useLiveValue("authentication.type", values.authentication?.type ?? "none");
  const words = AUTHENTICATION_WORDS[type as keyof typeof AUTHENTICATION_WORDS] ?? AUTHENTICATION_WORDS.none;
  const certificate = useLiveValue("clientCertificate.certificate", values.certificate).trim();
  const parts = [
    `signed with ${SIGNATURE_WORDS[signature]?.label.toLowerCase() ?? signature}`,
    type === "none" ? "no authentication" : words.label,
    certificate ? "client certificate" : "no client certificate",
  ];
  return parts.join(" · ");
}
