import { FieldPair } from "@/components/endpoints/fold";
import { Field, Fieldset } from "@/components/ui/field";
import { Checkbox, Input, Select } from "@/components/ui/input";
import type { SignatureSettings, TokenSettings } from "@/lib/providers/settings.ts";

type SchemeFieldsProps = { signature: SignatureSettings; algorithms: readonly string[]; encodings: readonly string[] };

/** How any sender signs: which header, over what, with which algorithm. */
export function SignatureFields({ signature, algorithms, encodings }: SchemeFieldsProps) {
  return (
    <Fieldset name="signature" label="How it signs">
      <div className="grid gap-4 rounded-card border p-3">
        <FieldPair>
          <Field name="signature.header" label="Signature header">
            <Input mono defaultValue={signature.header} autoCapitalize="off" spellCheck={false} />
          </Field>
          <Field name="signature.prefix" label="Before the signature" optional hint="Such as sha256=">
            <Input mono defaultValue={signature.prefix} autoCapitalize="off" spellCheck={false} />
          </Field>
          <Field name="signature.algorithm" label="Algorithm">
            <Select defaultValue={signature.algorithm}>
              {algorithms.map((name) => (
                <option key={name} value={name}>
                  HMAC {name.toUpperCase().replace("SHA", "SHA-")}
                </option>
              ))}
            </Select>
          </Field>
          <Field name="signature.encoding" label="Encoding">
            <Select defaultValue={signature.encoding}>
              {encodings.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
          <Field
            name="signature.template"
            label="What is signed"
            optional
            hint="{body} alone, or such as {timestamp}.{body}"
          >
            <Input mono defaultValue={signature.template} placeholder="{body}" spellCheck={false} />
          </Field>
          <Field
            name="signature.timestampHeader"
            label="Timestamp header"
            optional
            hint="Unix seconds; calls more than 5 minutes off are refused."
          >
            <Input mono defaultValue={signature.timestampHeader} autoCapitalize="off" spellCheck={false} />
          </Field>
        </FieldPair>
      </div>
    </Fieldset>
  );
}

/** Which tokens are acceptable. */
export function TokenFields({ token, algorithms }: { token: TokenSettings; algorithms: readonly string[] }) {
  return (
    <Fieldset
      name="jwt"
      label="Acceptable tokens"
      hint="Every token needs exp; which algorithm is yours to say, never the token's."
    >
      <div className="grid gap-4 rounded-card border p-3">
        <Fieldset name="jwt.algorithms" label="Algorithms">
          <div className="flex flex-wrap gap-x-5 gap-y-1">
            {algorithms.map((name) => (
              <Checkbox
                key={name}
                name="jwt.algorithms"
                value={name}
                label={name}
                defaultChecked={token.algorithms.includes(name)}
              />
            ))}
          </div>
        </Fieldset>
        <FieldPair>
          <Field name="jwt.issuer" label="Issuer" optional hint="What iss must be.">
            <Input mono defaultValue={token.issuer} autoCapitalize="off" spellCheck={false} />
          </Field>
          <Field name="jwt.audience" label="Audience" optional hint="What aud must be, or contain.">
            <Input mono defaultValue={token.audience} autoCapitalize="off" spellCheck={false} />
          </Field>
        </FieldPair>
        <Field
          name="jwt.keysUrl"
          label="JWKS address"
          optional
          hint="Where the sender publishes its public keys. Fetched and kept; a new key is noticed by itself."
        >
          <Input
            mono
            inputMode="url"
            defaultValue={token.keysUrl}
            placeholder="https://…/jwks.json"
            spellCheck={false}
          />
        </Field>
      </div>
    </Fieldset>
  );
}
