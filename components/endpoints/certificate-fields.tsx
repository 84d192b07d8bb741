import { Field, Fieldset } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";

type CertificateFieldsProps = {
  /** The stored certificate; its key never comes back to the form. */
  certificate: string;
  mask: string;
};

/** For receivers that ask who calls in the TLS handshake. */
export function CertificateFields({ certificate, mask }: CertificateFieldsProps) {
  return (
    <Fieldset
      name="clientCertificate"
      label="Client certificate"
      optional
      hint="For receivers that ask for one (mutual TLS). Leave both empty for none."
    >
      <div className="grid gap-3">
        <Field name="clientCertificate.certificate" label="Certificate, PEM">
          <Textarea mono rows={3} defaultValue={certificate} placeholder="-----BEGIN CERTIFICATE-----" />
        </Field>
        <Field name="clientCertificate.key" label="Private key, PEM" hint="Encrypted, and never shown again.">
          <Textarea
            mono
            rows={3}
            defaultValue={certificate ? mask : ""}
            placeholder="-----BEGIN PRIVATE KEY-----"
            autoComplete="off"
          />
        </Field>
      </div>
    </Fieldset>
  );
}
