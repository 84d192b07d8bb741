import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Select, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";
import { SecretInput } from "./secret-input";
import type { ProviderFacts } from "./source-values";

type AddSecretProps = {
  action: FormAction;
  slug: string;
  source: string;
  provider: ProviderFacts;
  /** How many prove calls now. */
  had: number;
  /** What its button says. */
  deed?: string;
};

const OVERLAPS = [
  { value: "for_good", label: "Keep for good" },
  { value: "3600", label: "End in 1 hour" },
  { value: "86400", label: "End in 24 hours" },
  { value: "604800", label: "End in 7 days" },
  { value: "0", label: "End now" },
];

/** A further secret, from the moment it is added. */
export function AddSecret({ action, slug, source, provider, had, deed }: AddSecretProps) {
  if (!provider.secret) return null;
  return (
    <ActionForm action={action} workspace={slug} className="grid gap-3">
      <input type="hidden" name="source" value={source} />
      <Field name="secret" label={provider.secret.label} hint={provider.secret.hint}>
        {provider.name === "jwt" ? <Textarea mono rows={4} autoComplete="off" /> : <SecretInput />}
      </Field>
      {had > 0 && (
        <Field name="overlap" label={had === 1 ? "The one before it" : "Those before it"}>
          <Select defaultValue="for_good">
            {OVERLAPS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div>
        <SubmitButton variant={had > 0 && !deed ? "secondary" : "primary"}>{deed ?? "Add secret"}</SubmitButton>
      </div>
    </ActionForm>
  );
}
