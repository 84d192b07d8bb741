import { Field, Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { Input, RadioGroup } from "@/components/ui/input";
import { DialogFoot, RouteDialog } from "@/components/ui/route-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";

type DialogProps = {
  slug: string;
  /** The outside id. */
  source: string;
  name: string;
  closeHref: string;
  action: FormAction;
};

type DeleteProps = DialogProps & { requestsLastDay: number; atLeast: boolean };

export function DeleteSourceDialog({ slug, source, name, closeHref, action, requestsLastDay, atLeast }: DeleteProps) {
  return (
    <RouteDialog title={`Delete ${name}?`} closeHref={closeHref}>
      <ActionForm action={action} workspace={slug} className="grid gap-4">
        <input type="hidden" name="source" value={source} />
        <ul className="list-disc pl-5">
          <li>
            its URL answers 404 at once; {formatCount(requestsLastDay, "request")}
            {atLeast && " or more"} came in the last 24 hours
          </li>
          <li>its secrets are gone for good, and what waits in quarantine can no longer be verified</li>
          <li>events that were made of its requests stay, and go on being delivered</li>
        </ul>
        <Field name="confirmation" label={`Type ${name} to confirm`}>
          <Input autoComplete="off" spellCheck={false} autoCapitalize="off" />
        </Field>
        <DialogFoot closeHref={closeHref}>
          <SubmitButton variant="danger">Delete source</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}

export function NewUrlDialog({ slug, source, name, closeHref, action }: DialogProps) {
  return (
    <RouteDialog title={`Give ${name} a new URL?`} closeHref={closeHref}>
      <ActionForm action={action} workspace={slug} className="grid gap-4">
        <input type="hidden" name="source" value={source} />
        <p>
          The present URL answers 404 at once, whoever knows it. What the provider sends is refused until the new URL
          stands there.
        </p>
        <DialogFoot closeHref={closeHref}>
          <SubmitButton variant="danger">Make a new URL</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}

export function DisableSourceDialog({ slug, source, name, closeHref, action }: DialogProps) {
  return (
    <RouteDialog title={`Disable ${name}?`} closeHref={closeHref}>
      <ActionForm action={action} workspace={slug} className="grid gap-4">
        <input type="hidden" name="source" value={source} />
        <p>
          Its URL answers 404 and nothing is kept. Some providers give a URL up after that; to ask them to try again
          later, pause it instead.
        </p>
        <DialogFoot closeHref={closeHref}>
          <SubmitButton variant="danger">Disable source</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}

const WHEN = [
  { value: "0", label: "Now" },
  { value: "3600", label: "In 1 hour" },
  { value: "86400", label: "In 24 hours" },
  { value: "604800", label: "In 7 days" },
];

type EndSecretProps = DialogProps & { secretId: string; ending: string; isLast: boolean };

export function EndSecretDialog({ slug, source, name, closeHref, action, ...secret }: EndSecretProps) {
  const which = secret.ending ? `that ends in ${secret.ending}` : "of this line";
  return (
    <RouteDialog title={`End a secret of ${name}?`} closeHref={closeHref}>
      <ActionForm action={action} workspace={slug} className="grid gap-4">
        <input type="hidden" name="source" value={source} />
        <input type="hidden" name="secretId" value={secret.secretId} />
        <p>
          Requests signed with the secret {which} are refused from then on.
          {secret.isLast && " It is the only one: every request will be refused until there is another."}
        </p>
        <Fieldset name="afterSeconds" label="It ends">
          <RadioGroup name="afterSeconds" defaultValue="0" options={WHEN} />
        </Fieldset>
        <DialogFoot closeHref={closeHref}>
          <SubmitButton variant="danger">End secret</SubmitButton>
        </DialogFoot>
      </ActionForm>
    </RouteDialog>
  );
}
