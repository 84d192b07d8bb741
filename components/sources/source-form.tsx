import { Fold, FoldList } from "@/components/endpoints/fold";
import { EnvironmentBadge } from "@/components/shell/environment-badge";
import { LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input, Textarea } from "@/components/ui/input";
import { LiveForm } from "@/components/ui/live-form";
import { SubmitBar } from "@/components/ui/submit-bar";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SignatureSettings, TokenSettings } from "@/lib/providers/settings.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { AccessFold } from "./access-fold";
import { AnswerFold } from "./answer-fold";
import { SignatureFields, TokenFields } from "./scheme-fields";
import { SecretInput } from "./secret-input";
import type { EndpointChoice, ProviderFacts, SourceValues } from "./source-values";
import { TypesFold } from "./types-fold";

/** What the schemes' fields offer, and what stands in them at first. */
export type SchemeChoices = {
  algorithms: readonly string[];
  encodings: readonly string[];
  tokenAlgorithms: readonly string[];
  signature: SignatureSettings;
  token: TokenSettings;
};

type SourceFormProps = {
  action: FormAction;
  workspace: { slug: string; name: string; environment: "test" | "live" };
  /** The outside id of the source being edited. */
  source: string | null;
  provider: ProviderFacts;
  values: SourceValues;
  endpoints: EndpointChoice[];
  schemes: SchemeChoices;
  cancelHref: string;
};

/** One page for a new source and for changes: a name, a secret, and the rest folded. */
export function SourceForm({ action, workspace, source, provider, values, endpoints, ...rest }: SourceFormProps) {
  const { schemes, cancelHref } = rest;
  return (
    <ActionForm action={action} workspace={workspace.slug}>
      {source ? (
        <input type="hidden" name="source" value={source} />
      ) : (
        <input type="hidden" name="provider" value={provider.name} />
      )}
      <LiveForm className="flex min-h-[calc(100dvh-var(--topbar)-52px)] flex-col">
        <div className="mb-8 grid max-w-160 gap-5">
          <Field name="name" label="Name" hint="What people here call it.">
            <Input defaultValue={values.name} autoFocus={source === null} autoComplete="off" />
          </Field>
          {source === null && provider.secret && <SecretField provider={provider} />}
          <Scheme provider={provider} values={values} schemes={schemes} />
          <FoldList>
            <TypesFold values={values} reads={provider.fields.includes("reading")} />
            <AccessFold values={values} />
            <AnswerFold values={values} endpoints={endpoints} />
            <Fold title="Description" summary={values.description || "none"} names={["description"]}>
              <Field name="description" label="Description" optional>
                <Textarea rows={3} defaultValue={values.description} />
              </Field>
            </Fold>
          </FoldList>
        </div>
        <SubmitBar
          badge={<EnvironmentBadge environment={workspace.environment} />}
          note={source ? `${workspace.name}. Changes take effect at once.` : `${workspace.name}. Its URL comes next.`}
        >
          <SubmitButton>{source ? "Save changes" : "Create source"}</SubmitButton>
          <LinkButton href={cancelHref} variant="quiet">
            Cancel
          </LinkButton>
        </SubmitBar>
      </LiveForm>
    </ActionForm>
  );
}

/** What becomes of the field left empty. */
const LATER = {
  theirs: "Often it is shown only once the URL stands there: leave it empty then and add it on the next page.",
  ours: "Left empty, one is made for you.",
  none: "It may be added later.",
};

function SecretField({ provider }: { provider: ProviderFacts }) {
  const { secret, from, name } = provider;
  const later = LATER[name === "basic" ? "none" : from];
  return (
    <Field name="secret" label={secret?.label} optional hint={`${secret?.hint}. ${later} Stored encrypted.`}>
      {name === "jwt" ? <Textarea mono rows={4} autoComplete="off" /> : <SecretInput />}
    </Field>
  );
}

function Scheme({ provider, values, schemes }: Pick<SourceFormProps, "provider" | "values" | "schemes">) {
  const { settings } = values;
  return (
    <>
      {provider.fields.includes("signature") && (
        <SignatureFields
          signature={settings.signature ?? schemes.signature}
          algorithms={schemes.algorithms}
          encodings={schemes.encodings}
        />
      )}
      {provider.fields.includes("token") && (
        <TokenFields token={settings.token ?? schemes.token} algorithms={schemes.tokenAlgorithms} />
      )}
      {provider.fields.includes("header") && (
        <Field
          name="header"
          label="Header"
          optional
          hint="Which header carries it, without Bearer before it. Empty: Authorization."
        >
          <Input
            mono
            defaultValue={settings.header}
            placeholder="authorization"
            autoCapitalize="off"
            spellCheck={false}
          />
        </Field>
      )}
    </>
  );
}
