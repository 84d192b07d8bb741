import type { ReactNode } from "react";
import { Field, Fieldset } from "@/components/ui/field";
import { Input, RadioGroup, Select } from "@/components/ui/input";
import type { Authentication } from "@/lib/endpoints/authentication.ts";
import { AUTHENTICATION_WORDS } from "./authentication-words";
import { FieldPair } from "./fold";

/** Which panel shows is a matter of style alone, so the choice needs no script. Written out for Tailwind to find. */
const SHOWN = {
  basic: "group-has-[[value=basic]:checked]/authentication:block",
  bearer: "group-has-[[value=bearer]:checked]/authentication:block",
  oauth2: "group-has-[[value=oauth2]:checked]/authentication:block",
} satisfies Record<Authentication["type"], string>;

type AuthenticationFieldsProps = { stored: Authentication | null; mask: string };

/** How the receiver is told who calls. A stored secret stands masked in its field, and stays when it is left so. */
export function AuthenticationFields({ stored, mask }: AuthenticationFieldsProps) {
  const basic = stored?.type === "basic" ? stored : null;
  const bearer = stored?.type === "bearer" ? stored : null;
  return (
    <div className="group/authentication grid gap-3">
      <Fieldset name="authentication" label="Authentication">
        <RadioGroup
          name="authentication.type"
          defaultValue={stored?.type ?? "none"}
          options={Object.entries(AUTHENTICATION_WORDS).map(([value, words]) => ({ value, ...words }))}
        />
      </Fieldset>
      <Panel type="basic">
        <FieldPair>
          <Field name="authentication.username" label="User name">
            <Input mono defaultValue={basic?.username} autoComplete="off" autoCapitalize="off" />
          </Field>
          <SecretField name="authentication.password" label="Password" isStored={basic !== null} mask={mask} />
        </FieldPair>
      </Panel>
      <Panel type="bearer">
        <SecretField name="authentication.token" label="Token" isStored={bearer !== null} mask={mask} />
      </Panel>
      <Panel type="oauth2">
        <OAuth2Fields stored={stored?.type === "oauth2" ? stored : null} mask={mask} />
      </Panel>
    </div>
  );
}

type OAuth2FieldsProps = { stored: Extract<Authentication, { type: "oauth2" }> | null; mask: string };

function OAuth2Fields({ stored, mask }: OAuth2FieldsProps) {
  return (
    <div className="grid gap-4">
      <Field name="authentication.tokenUrl" label="Token URL">
        <Input
          mono
          defaultValue={stored?.tokenUrl}
          placeholder="https://auth.example.com/oauth/token"
          autoCapitalize="off"
          spellCheck={false}
        />
      </Field>
      <FieldPair>
        <Field name="authentication.clientId" label="Client ID">
          <Input mono defaultValue={stored?.clientId} autoComplete="off" autoCapitalize="off" />
        </Field>
        <SecretField name="authentication.clientSecret" label="Client secret" isStored={stored !== null} mask={mask} />
        <Field name="authentication.scope" label="Scope" optional>
          <Input mono defaultValue={stored?.scope} autoCapitalize="off" />
        </Field>
        <Field name="authentication.audience" label="Audience" optional>
          <Input mono defaultValue={stored?.audience} autoCapitalize="off" />
        </Field>
        <Field
          name="authentication.clientAuthentication"
          label="ID and secret are sent"
          hint="In the call for a token."
        >
          <Select defaultValue={stored?.clientAuthentication ?? "header"}>
            <option value="header">in a header</option>
            <option value="body">in the body</option>
          </Select>
        </Field>
      </FieldPair>
    </div>
  );
}

function Panel({ type, children }: { type: Authentication["type"]; children: ReactNode }) {
  return <div className={`hidden border-l-2 pl-3 ${SHOWN[type]}`}>{children}</div>;
}

type SecretFieldProps = { name: string; label: string; isStored: boolean; mask: string };

function SecretField({ name, label, isStored, mask }: SecretFieldProps) {
  return (
    <Field name={name} label={label} hint="Encrypted, and never shown again.">
      <Input mono type="password" defaultValue={isStored ? mask : ""} autoComplete="new-password" spellCheck={false} />
    </Field>
  );
}
