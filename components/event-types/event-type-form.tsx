import { ScheduleField } from "@/components/endpoints/schedule-field";
import { EnvironmentBadge } from "@/components/shell/environment-badge";
import { LinkButton } from "@/components/ui/button";
import { Field, Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { Input, RadioGroup } from "@/components/ui/input";
import { LiveForm } from "@/components/ui/live-form";
import { SubmitBar } from "@/components/ui/submit-bar";
import { SubmitButton } from "@/components/ui/submit-button";
import { scheduleText } from "@/lib/endpoints/schedule-text.ts";
import type { InferredSchema } from "@/lib/event-types/draft.ts";
import type { Enforcement } from "@/lib/event-types/enforcement.ts";
import type { FormAction } from "@/lib/web/action.ts";
import type { DraftTools } from "./draft";
import { ENFORCEMENT_WORDS } from "./enforcement-words";
import { SchemaPanes } from "./schema-panes";

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
  /** A schema of the type's real events, to start from. */
  inferred?: InferredSchema | null;
  tools: DraftTools;
  cancelHref: string;
  usualSchedule: number[];
  now: string;
  zone: string;
};

/** Name and description of an event type; schema, example and the event they make; what a mismatch means. */
export function EventTypeForm({ action, workspace, type, inferred, tools, ...props }: EventTypeFormProps) {
  const { cancelHref, usualSchedule, now, zone } = props;
  return (
    <ActionForm action={action} workspace={workspace.slug}>
      <LiveForm className="flex min-h-[calc(100dvh-var(--topbar)-52px)] flex-col">
        <div className="mb-8 grid gap-6">
          <div className="grid max-w-320 grid-cols-2 items-start gap-4 max-md:grid-cols-1">
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
          </div>
          <SchemaPanes
            name={type?.name ?? null}
            schema={inferred?.schema ?? type?.schema ?? ""}
            example={type?.example ?? ""}
            note={inferred ? `From ${formatCount(inferred.events, "event")}, not saved yet` : null}
            now={now}
            tools={tools}
          />
          <div className="grid max-w-320 grid-cols-2 items-start gap-x-12 gap-y-4 max-md:grid-cols-1">
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
