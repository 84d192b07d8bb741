import type { Metadata } from "next";
import { Field, Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Checkbox, Input, RadioGroup } from "@/components/ui/input";
import { Page, PageHeader } from "@/components/ui/page";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { updateWorkspaceAction } from "./actions";
import { NeedsRole } from "./needs-role";

export const metadata: Metadata = { title: "Settings" };

const ENVIRONMENTS = [
  { value: "test", label: "Test", hint: "The badge says “Test data”. Nothing else is different." },
  { value: "live", label: "Live", hint: "The badge says “Live data”, so that nobody takes it for a playground." },
];

export default async function GeneralPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace, role } = await requireActor((await params).workspace);
  const may = can(role, "settings");

  return (
    <Page width="form">
      <PageHeader title="General" />
      <ActionForm action={updateWorkspaceAction} workspace={workspace.slug}>
        <fieldset disabled={!may} className="grid max-w-160 gap-5">
          <Field name="name" label="Name" hint={`Its address stays /w/${workspace.slug}`}>
            <Input defaultValue={workspace.name} required maxLength={60} />
          </Field>
          <Fieldset name="environment" label="Environment">
            <RadioGroup name="environment" defaultValue={workspace.environment} options={ENVIRONMENTS} />
          </Fieldset>
          <Fieldset name="createsEventTypes" label="Unknown event types">
            <Checkbox
              name="createsEventTypes"
              defaultChecked={workspace.createsEventTypes}
              label="Make an event type when an event of a new type arrives"
              hint="Otherwise such an event is refused with 422, which catches typing errors."
            />
          </Fieldset>
          {may ? (
            <SubmitButton className="w-fit">Save changes</SubmitButton>
          ) : (
            <NeedsRole permission="settings">Changing these settings</NeedsRole>
          )}
        </fieldset>
      </ActionForm>
    </Page>
  );
}
