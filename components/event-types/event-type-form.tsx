import { CodeEditor } from "@/components/editor/code-editor";
import { ScheduleField } from "@/components/endpoints/schedule-field";
import { EnvironmentBadge } from "@/components/shell/environment-badge";
import { LinkButton } from "@/components/ui/button";
import { Field, Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input, RadioGroup } from "@/components/ui/input";
import { LiveForm } from "@/components/ui/live-form";
import { SubmitBar } from "@/components/ui/submit-bar";
import { SubmitButton } from "@/components/ui/submit-button";
import { scheduleText } from "@/lib/endpoints/schedule-text.ts";
import type { Enforcement } from "@/lib/event-types/enforcement.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { ENFORCEMENT_WORDS } from "./enforcement-words";
import { EventPreview } from "./event-preview";

export type EventTypeValues = {
  name: string;
  description: string;
  schema: string | null;
  example: string | null;
  enforcement: Enforcement;
  retrySchedule: number[] | null;
};

type EventTypeFormProps = {
  action: FormAction;
  workspace: { slug: string; name: string; environment: "test" | "live" };
  /** The type being edited; its name is for good. */
  type: EventTypeValues | null;
  cancelHref: string;
  usualSchedule: number[];
  now: string;
  zone: string;
};

/** Name, description, schema and example of an event type, with the event they make beside them. */
export function EventTypeForm({ action, workspace, type, cancelHref, usualSchedule, now, zone }: EventTypeFormProps) {
  return (
    <ActionForm action={action} workspace={workspace.slug}>
      <LiveForm className="flex min-h-[calc(100dvh-var(--topbar)-52px)] flex-col">
        <div className="mb-8 grid grid-cols-[minmax(0,640px)_minmax(0,424px)] items-start gap-12 max-xl:grid-cols-1 max-xl:gap-6">
          <div className="grid gap-4">
            {type ? (
              <input type="hidden" name="eventType" value={type.name} />
            ) : (
              <Field
                name="name"
                label="Name"
                hint="Letters, digits, dots, hyphens and underscores. What stands before the first dot groups types: order.created."
              >
                <Input mono placeholder="order.created" autoCapitalize="off" spellCheck={false} autoFocus />
              </Field>
            )}
            <Field name="description" label="Description" optional hint="When it happens, in a sentence.">
              <Input defaultValue={type?.description} />
            </Field>
            <CodeEditor
              name="schema"
              label="JSON Schema"
              optional
              hint="JSON Schema 2020-12 for the event's data. Checked when you save."
              value={type?.schema ?? ""}
              language="json"
              rows={12}
              placeholder={SCHEMA_PLACEHOLDER}
            />
            <CodeEditor
              name="example"
              label="Example"
              optional
              hint="An example of data. It must match the schema; test events send it."
              value={type?.example ?? ""}
              language="json"
              rows={8}
              placeholder={EXAMPLE_PLACEHOLDER}
            />
            <Fieldset name="enforcement" label="When an event does not match the schema">
              <RadioGroup
                name="enforcement"
                defaultValue={type?.enforcement ?? "off"}
                options={Object.entries(ENFORCEMENT_WORDS).map(([value, words]) => ({ value, ...words }))}
              />
            </Fieldset>
            <ScheduleField
              schedule={scheduleText(type?.retrySchedule ?? null)}
              usual={usualSchedule}
              now={now}
              zone={zone}
              hint="The wait before each retry of its deliveries: 5s, 5m, 2h. Empty means the default, none no retries. An endpoint's own schedule comes first. A wait varies by ±10 %."
            />
          </div>
          <aside className="xl:pt-6.5" aria-label="Preview">
            <EventPreview name={type?.name ?? ""} example={type?.example ?? ""} now={now} />
          </aside>
        </div>
        <SubmitBar note={`${workspace.name}.`} badge={<EnvironmentBadge environment={workspace.environment} />}>
          <SubmitButton>{type ? "Save changes" : "Create event type"}</SubmitButton>
          <LinkButton href={cancelHref} variant="quiet">
            Cancel
          </LinkButton>
        </SubmitBar>
      </LiveForm>
    </ActionForm>
  );
}

const SCHEMA_PLACEHOLDER = `{
  "type": "object",
  "required": ["orderId", "total"],
  "properties": {
    "orderId": { "type": "string" },
    "total": { "type": "number" }
  }
}`;

const EXAMPLE_PLACEHOLDER = `{
  "orderId": "ord_981",
  "total": 129.5
}`;
