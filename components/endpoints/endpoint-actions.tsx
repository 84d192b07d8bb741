import { RotateCw } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { ICON_16 } from "@/components/ui/icon-size";
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

/** What a retry of everything failed has set in motion. */
export function QueuedNote({ count, closeHref }: { count: number; closeHref: string }) {
  return (
    <div
      role="status"
      className="mt-2 flex min-h-11 flex-wrap items-center gap-2.5 rounded-card border border-border-strong py-1.5 pr-2 pl-3.5 text-sm"
    >
      <RotateCw {...ICON_16} className="text-fg-2" />
      <span className="min-w-0 flex-1 basis-64">
        {count === 0
          ? "Nothing that failed since then was left to retry."
          : `${formatCount(count, "delivery is", "deliveries are")} queued for a further attempt.`}
      </span>
      <LinkButton size="sm" href={closeHref} scroll={false}>
        OK
      </LinkButton>
    </div>
  );
}
