import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";

type StateFormProps = {
  action: FormAction;
  workspace: string;
  endpoint: string;
  variant?: "primary" | "secondary";
  size?: "sm" | "md";
  children: string;
};

/** A button that pauses, resumes or enables: neither takes anything away, so neither asks. */
export function StateForm({ action, workspace, endpoint, variant = "secondary", size, children }: StateFormProps) {
  return (
    <ActionForm action={action} workspace={workspace} feedback="toast">
      <input type="hidden" name="endpoint" value={endpoint} />
      <SubmitButton variant={variant} size={size}>
        {children}
      </SubmitButton>
    </ActionForm>
  );
}

type RetryLinkProps = { href: string; failed: { count: number; atLeast: boolean } };

export function RetryFailedLink({ href, failed }: RetryLinkProps) {
  if (failed.count === 0) return null;
  return (
    <LinkButton variant="primary" href={`${href}?dialog=retry`} scroll={false}>
      Retry {failed.count}
      {failed.atLeast && "+"} failed…
    </LinkButton>
  );
}
