import { Field, Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { Input, RadioGroup, Select } from "@/components/ui/input";
import { DialogFoot, RouteDialog } from "@/components/ui/route-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import type { EndpointEffects } from "@/lib/endpoints/queries.ts";
import type { FormAction } from "@/lib/web/action.ts";

type DialogProps = {
  slug: string;
  /** The outside id. */
  endpoint: string;
  name: string;
  closeHref: string;
  action: FormAction;
};

type TestDialogProps = DialogProps & { types: { name: string; hasExample: boolean }[] };

export function TestDialog({ slug, endpoint, name, closeHref, action, types }: TestDialogProps) {
  if (types.length === 0) {
    return (
      <RouteDialog title={`Send a test to ${name}`} closeHref={closeHref}>
        <p>There is no event type yet that could be sent: make one first.</p>
        <DialogFoot closeHref={closeHref} cancel="Close" />
      </RouteDialog>
    );
  }
  return (
    <RouteDialog title={`Send a test to ${name}`} closeHref={closeHref}>
      <ActionForm action={action} workspace={slug} className="grid gap-4">
        <input type="hidden" name="endpoint" value={endpoint} />
        <p>A test event is signed, delivered and retried like any other, and left out of every statistic.</p>
        <Field name="eventType" label="Event type" hint="Its example is sent; a type without one sends {}.">
          <Select>
            {types.map((type) => (
              <option key={type.name} value={type.name}>
                {type.name}
                {!type.hasExample && " (no example)"}
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

const OVERLAPS = [
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "24 hours", hint: "Enough for a deployment of the receiver." },
  { value: "259200", label: "3 days" },
  { value: "604800", label: "7 days" },
  { value: "0", label: "None", hint: "The old secret leaked: receivers fail until they have the new one." },
];

export function RotateDialog({ slug, endpoint, name, closeHref, action }: DialogProps) {
  return (
    <RouteDialog title={`Rotate the secret of ${name}?`} closeHref={closeHref}>
      <ActionForm action={action} workspace={slug} className="grid gap-4">
        <input type="hidden" name="endpoint" value={endpoint} />
        <p>
          A new secret signs from now on. For a while every delivery carries a signature of the old one too, so that a
          receiver can change over without missing one.
        </p>
        <Fieldset name="overlapSeconds" label="The old secret goes on signing for">
          <RadioGroup name="overlapSeconds" defaultValue="86400" options={OVERLAPS} />
        </Fieldset>
        <DialogFoot closeHref={closeHref}>
          <SubmitButton>Rotate secret</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}

export function EndOldDialog({ slug, endpoint, name, closeHref, action }: DialogProps) {
  return (
    <RouteDialog title={`End the old secret of ${name} now?`} closeHref={closeHref}>
      <ActionForm action={action} workspace={slug} className="grid gap-4">
        <input type="hidden" name="endpoint" value={endpoint} />
        <p>
          Deliveries are signed with the new secret alone from now on. A receiver that still verifies with the old one
          refuses them.
        </p>
        <DialogFoot closeHref={closeHref}>
          <SubmitButton variant="danger">End old secret</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}

export function DeleteDialog({
  slug,
  endpoint,
  name,
  closeHref,
  action,
  effects,
}: DialogProps & { effects: EndpointEffects }) {
  return (
    <RouteDialog title={`Delete ${name}?`} closeHref={closeHref}>
      <ActionForm action={action} workspace={slug} className="grid gap-4">
        <input type="hidden" name="endpoint" value={endpoint} />
        <ul className="list-disc pl-5">
          <li>
            {effects.atLeast && "at least "}
            {formatCount(effects.unfinished, "delivery", "deliveries")} that {effects.unfinished === 1 ? "is" : "are"}{" "}
            queued, retrying or held will be discarded
          </li>
          <li>{formatCount(effects.finishedLastDay, "delivery", "deliveries")} of the last 24 hours stay on record</li>
          <li>its signing secret and headers are gone for good</li>
        </ul>
        <Field name="confirmation" label={`Type ${name} to confirm`}>
          <Input autoComplete="off" spellCheck={false} autoCapitalize="off" />
        </Field>
        <DialogFoot closeHref={closeHref}>
          <SubmitButton variant="danger">Delete endpoint</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}
