import { RotateCw } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";
import { Note } from "./note";

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

/** What a retry of everything failed has set in motion. */
export function QueuedNote({ count, closeHref }: { count: number; closeHref: string }) {
  return (
    <Note
      icon={RotateCw}
      colour="text-fg-2"
      role="status"
      action={
        <LinkButton size="sm" href={closeHref} scroll={false}>
          OK
        </LinkButton>
      }
    >
      {count === 0
        ? "Nothing that failed since then was left to retry."
        : `${formatCount(count, "delivery is", "deliveries are")} queued for a further attempt.`}
    </Note>
  );
}
