import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { Input, Select } from "@/components/ui/input";
import { DialogFoot, RouteDialog } from "@/components/ui/route-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import type { EventTypeEffects } from "@/lib/event-types/queries.ts";
import { formatId } from "@/lib/ids.ts";
import type { FormAction } from "@/lib/web/action.ts";
import type { Subscriber } from "./subscriber-list";

type DialogName = "send" | "archive" | "delete";

type EventTypeDialogProps = {
  dialog: DialogName;
  slug: string;
  name: string;
  closeHref: string;
  effects: EventTypeEffects;
  /** Endpoints that get events of this type. */
  subscribers: Subscriber[];
  endpoints: Subscriber[];
  actions: Record<DialogName, FormAction>;
};

export function EventTypeDialog({ dialog, ...props }: EventTypeDialogProps) {
  const Dialog = { send: SendDialog, archive: ArchiveDialog, delete: DeleteDialog }[dialog];
  return <Dialog {...props} />;
}

type DialogProps = Omit<EventTypeDialogProps, "dialog">;

function SendDialog({ slug, name, closeHref, subscribers, endpoints, actions }: DialogProps) {
  if (endpoints.length === 0) {
    return (
      <RouteDialog title={`Send an example of ${name}`} closeHref={closeHref}>
        <p>There is no endpoint yet that could get it.</p>
        <DialogFoot closeHref={closeHref} cancel="Close" />
      </RouteDialog>
    );
  }
  return (
    <RouteDialog title={`Send an example of ${name}`} closeHref={closeHref}>
      <ActionForm action={actions.send} workspace={slug} className="grid gap-4">
        <input type="hidden" name="eventType" value={name} />
        <p>A test event is signed, delivered and retried like any other, and left out of every statistic.</p>
        <Field name="endpoint" label="To">
          <Select defaultValue={subscribers.length > 0 ? "all" : undefined}>
            {subscribers.length > 0 && <option value="all">All that subscribe ({subscribers.length})</option>}
            {endpoints.map(({ id, url, description }) => (
              <option key={id} value={formatId("ep", id)}>
                {description || url}
              </option>
            ))}
          </Select>
        </Field>
        <DialogFoot closeHref={closeHref}>
          <SubmitButton>Send test event</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}

function ArchiveDialog({ slug, name, closeHref, effects, subscribers, actions }: DialogProps) {
  return (
    <RouteDialog title={`Archive ${name}?`} closeHref={closeHref}>
      <ActionForm action={actions.archive} workspace={slug} className="grid gap-2">
        <input type="hidden" name="eventType" value={name} />
        <p>
          New events of this type will be refused with 422. What was accepted before is still delivered, and it can be
          unarchived at any time.
        </p>
        <Usage effects={effects} subscribers={subscribers.length} />
        <DialogFoot closeHref={closeHref}>
          <SubmitButton>Archive</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}

function DeleteDialog({ slug, name, closeHref, effects, subscribers, actions }: DialogProps) {
  const inUse = effects.subscribed.length > 0 || effects.eventsLastDay > 0;
  return (
    <RouteDialog title={`Delete ${name}?`} closeHref={closeHref}>
      <ActionForm action={actions.delete} workspace={slug} className="grid gap-3">
        <input type="hidden" name="eventType" value={name} />
        <Usage effects={effects} subscribers={subscribers.length} />
        {inUse ? (
          <p>
            Only a type that nobody names and that had no event in the last 24 hours can be deleted. Archive it instead.
          </p>
        ) : (
          <>
            <p>Its description, schema and all versions are deleted. Stored events keep their type.</p>
            <Field name="confirmation" label={`Type ${name} to confirm`}>
              <Input mono autoComplete="off" spellCheck={false} autoCapitalize="off" />
            </Field>
          </>
        )}
        <DialogFoot closeHref={closeHref}>
          {!inUse && <SubmitButton variant="danger">Delete event type</SubmitButton>}
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}

function Usage({ effects, subscribers }: { effects: EventTypeEffects; subscribers: number }) {
  return (
    <ul className="list-disc pl-5">
      <li>
        {effects.atLeast && "at least "}
        {formatCount(effects.eventsLastDay, "event")} in the last 24 hours
      </li>
      <li>
        {formatCount(subscribers, "endpoint")} {subscribers === 1 ? "gets" : "get"} it,{" "}
        {effects.subscribed.length === 0 ? "none" : effects.subscribed.length} by its name
      </li>
    </ul>
  );
}
