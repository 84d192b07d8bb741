import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input, Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { GapCheckFacts } from "@/lib/gap-check/queries.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { type GapProvider, INTERVALS } from "./gap-provider";
import { SecretInput } from "./secret-input";

type FormProps = {
  action: FormAction;
  workspace: string;
  /** The outside id. */
  source: string;
};

type GapCheckFormProps = FormProps & { provider: GapProvider; check: GapCheckFacts | null };

/** What the provider's API is asked about, with which token, and how often. */
export function GapCheckForm({ action, workspace, source, provider, check }: GapCheckFormProps) {
  const { token, base } = provider;
  return (
    <ActionForm action={action} workspace={workspace} className="grid gap-4">
      <input type="hidden" name="source" value={source} />
      {provider.fields.map(({ name, label, hint, placeholder, optional }) => (
        <Field key={name} name={name} label={label} hint={hint} optional={optional}>
          <Input mono defaultValue={check?.subject[name]} {...{ placeholder }} {...PLAIN} />
        </Field>
      ))}
      <Field
        name="token"
        label={token.label}
        hint={check ? `Left empty, the stored one stays. ${token.hint}` : `${token.hint} Stored encrypted.`}
      >
        <SecretInput />
      </Field>
      <Field name="everyMinutes" label="Check">
        <Select defaultValue={String(check?.everyMinutes ?? 60)}>
          {INTERVALS.map(({ minutes, label }) => (
            <option key={minutes} value={minutes}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field name="base" label="Address of the API" optional hint={`${base.hint}. Empty: ${base.usual}`}>
        <Input mono defaultValue={check?.subject.base} placeholder={base.usual} {...PLAIN} />
      </Field>
      <div>
        <SubmitButton variant={check ? "secondary" : "primary"}>
          {check ? "Save changes" : "Set up gap check"}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

const PLAIN = { autoComplete: "off", autoCapitalize: "off", spellCheck: false } as const;

/** Folded, so that nobody removes it by the way. */
export function RemoveGapCheck({ action, workspace, source }: FormProps) {
  return (
    <details className="mt-6">
      <summary className="w-fit cursor-pointer py-1 text-fg-2 text-sm">Remove the gap check…</summary>
      <ActionForm action={action} workspace={workspace} className="mt-2 grid justify-items-start gap-2">
        <input type="hidden" name="source" value={source} />
        <p className="text-fg-2 text-sm">Its token and its list are deleted. Requests and events stay.</p>
        <Button type="submit" variant="danger-quiet">
          Remove
        </Button>
      </ActionForm>
    </details>
  );
}
