import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";

type SourceStateFormProps = {
  action: FormAction;
  workspace: string;
  /** The outside id. */
  source: string;
  variant?: "primary" | "secondary";
  size?: "sm" | "md";
  children: string;
};

/** A button that pauses, resumes or enables a source: nothing is lost by it, so it does not ask. */
export function SourceStateForm({
  action,
  workspace,
  source,
  variant = "secondary",
  size,
  children,
}: SourceStateFormProps) {
  return (
    <ActionForm action={action} workspace={workspace} feedback="toast">
      <input type="hidden" name="source" value={source} />
      <SubmitButton variant={variant} size={size}>
        {children}
      </SubmitButton>
    </ActionForm>
  );
}
