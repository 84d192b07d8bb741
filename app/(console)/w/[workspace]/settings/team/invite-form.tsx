import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { LinkToCopy } from "../link-to-copy";
import { inviteAction } from "./actions";
import { RoleSelect } from "./role-select";

/** Makes a link to pass on: it works without a mail server. */
export function InviteForm({ workspace, owner }: { workspace: string; owner: boolean }) {
  return (
    <ActionForm action={inviteAction} workspace={workspace} className="max-w-160">
      <div className="grid items-start gap-4 md:grid-cols-[1fr_160px_auto]">
        <Field name="email" label="Email">
          <Input type="email" autoComplete="off" required />
        </Field>
        <Field name="role" label="Role">
          <RoleSelect defaultValue="developer" owner={owner} />
        </Field>
        <SubmitButton className="w-fit md:mt-6.5">Make invitation link</SubmitButton>
      </div>
      <LinkToCopy hint="Send it to that person. It works once, for seven days, and is not shown again." />
    </ActionForm>
  );
}
