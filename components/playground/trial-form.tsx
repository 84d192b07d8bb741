import { EnvironmentBadge } from "@/components/shell/environment-badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { LiveForm } from "@/components/ui/live-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";
import { KeepTemplate } from "./keep-template";
import { type LintAction, PayloadField } from "./payload-field";
import { type EndpointChoice, TargetField } from "./target-field";

export type TrialDraft = {
  type: string;
  payload: string;
  target: "endpoint" | "subscribers" | "url";
  /** Outside id; empty = none chosen. */
  endpoint: string;
  url: string;
};

type TrialFormProps = {
  workspace: { slug: string; environment: "test" | "live" };
  draft: TrialDraft;
  types: string[];
  endpoints: EndpointChoice[];
  action: FormAction;
  lint: LintAction;
};

/** What to send, and to whom. Every button of it is a plain one: which was pressed tells what is wanted. */
export function TrialForm({ workspace, draft, types, endpoints, action, lint }: TrialFormProps) {
  return (
    <ActionForm action={action} workspace={workspace.slug} className="mt-5">
      {/* Enter in a field presses the first button of a form: it shall send. */}
      <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <LiveForm className="grid gap-4">
        <Field name="type" label="Event type">
          <Input mono list="event-types" defaultValue={draft.type} autoCapitalize="off" autoComplete="off" />
        </Field>
        <datalist id="event-types">
          {types.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div>
          <PayloadField slug={workspace.slug} type={draft.type} payload={draft.payload} lint={lint} />
          <div className="mt-2 flex flex-wrap gap-2">
            <Button type="submit" size="sm" name="intent" value="example">
              Its example
            </Button>
            <Button type="submit" size="sm" name="intent" value="random">
              Random valid example
            </Button>
          </div>
        </div>
        <TargetField draft={draft} endpoints={endpoints} />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton aria-keyshortcuts="Meta+Enter Control+Enter">
            Send now <Kbd keys="Mod+Enter" />
          </SubmitButton>
          <EnvironmentBadge environment={workspace.environment} />
          <span className="text-fg-3 text-xs">One call, at once. Not retried, counted nowhere.</span>
        </div>
        <KeepTemplate />
      </LiveForm>
    </ActionForm>
  );
}
