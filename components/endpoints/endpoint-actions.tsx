import { newJobPath } from "@/components/jobs/job-path";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { formatNumber } from "@/components/ui/format";
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

type RetryLinkProps = {
  slug: string;
  /** The outside id. */
  endpoint: string;
  /** Of the last 7 days. */
  failed: { count: number; atLeast: boolean };
};

/** Leads to where the retry is counted, narrowed and started. */
export function RetryFailedLink({ slug, endpoint, failed }: RetryLinkProps) {
  if (failed.count === 0) return null;
  return (
    <LinkButton
      variant="primary"
      prefetch={false}
      href={newJobPath(slug, { kind: "retry", endpoint, status: "failed", range: "7d" })}
    >
      Retry {formatNumber(failed.count)}
      {failed.atLeast && "+"} failed…
    </LinkButton>
  );
}
