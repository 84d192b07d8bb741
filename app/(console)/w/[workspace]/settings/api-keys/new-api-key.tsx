"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, Fieldset } from "@/components/ui/field";
import { ActionForm, useFormState } from "@/components/ui/form";
import { Checkbox, Input, Select } from "@/components/ui/input";
import { SecretField } from "@/components/ui/secret-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { SCOPES } from "@/lib/api-keys/scopes.ts";
import { createApiKeyAction } from "./actions";

type NewApiKeyProps = { workspace: string; origin: string };

/** The form for a new key, and in its place the key once it is there. "I stored it" brings back an empty form. */
export function NewApiKey({ workspace, origin }: NewApiKeyProps) {
  const [round, setRound] = useState(0);
  return (
    <Section title="New key">
      <ActionForm key={round} action={createApiKeyAction} workspace={workspace} className="max-w-160">
        <KeyOrFields origin={origin} stored={() => setRound(round + 1)} />
      </ActionForm>
    </Section>
  );
}

function KeyOrFields({ origin, stored }: { origin: string; stored: () => void }) {
  const state = useFormState();
  const secret = state.status === "done" ? state.data?.secret : undefined;
  return secret ? <FreshKey secret={secret} origin={origin} stored={stored} /> : <KeyFields />;
}

function KeyFields() {
  return (
    <div className="grid gap-4">
      <Field name="name" label="Name" hint="The app that will use it, such as “Shop backend”">
        <Input required maxLength={60} autoComplete="off" />
      </Field>
      <Fieldset name="scopes" label="It may">
        {Object.entries(SCOPES).map(([scope, words]) => (
          <Checkbox key={scope} name="scopes" value={scope} label={words} defaultChecked={scope === "ingest"} />
        ))}
      </Fieldset>
      <Field name="expiresInDays" label="Expires" className="max-w-60">
        <Select defaultValue="">
          <option value="">Never</option>
          <option value="30">In 30 days</option>
          <option value="90">In 90 days</option>
          <option value="365">In a year</option>
        </Select>
      </Field>
      <SubmitButton className="w-fit">Create key</SubmitButton>
    </div>
  );
}

/** Shown once: the server keeps only the key's hash. */
function FreshKey({ secret, origin, stored }: { secret: string; origin: string; stored: () => void }) {
  const curl = [
    `curl ${origin}/api/v1/events \\`,
    `  -H "Authorization: Bearer ${secret}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"type":"order.created","data":{"id":981}}'`,
  ].join("\n");
  return (
    <div className="grid gap-4">
      <p className="text-fg-2 text-sm">
        Store it now: it is shown this once. If it gets lost, make another and revoke this one.
      </p>
      <SecretField secret={secret} noun="API key" revealed />
      <Snippet label=".env" code={`POSTHORN_API_KEY=${secret}`} />
      <Snippet label="curl" code={curl} />
      <Button variant="primary" className="w-fit" onClick={stored}>
        I stored it
      </Button>
    </div>
  );
}

function Snippet({ label, code }: { label: string; code: string }) {
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <div className="flex h-9 items-center justify-between border-b pr-1 pl-3 font-medium text-xs touch:h-12">
        {label}
        <CopyButton text={code} label={`Copy ${label}`}>
          Copy
        </CopyButton>
      </div>
      <pre className="mono whitespace-pre-wrap px-3 py-2 [overflow-wrap:anywhere]">{code}</pre>
    </div>
  );
}
