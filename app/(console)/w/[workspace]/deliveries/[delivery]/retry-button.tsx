import { isRetryable, shownStatus } from "@/components/deliveries/row-view";
import { Button } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { Kbd } from "@/components/ui/kbd";
import type { ShownStatus } from "@/components/ui/status-badge";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatId } from "@/lib/ids.ts";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";
import { can, leastRoleFor, type Role } from "@/lib/workspaces/roles.ts";
import { retryDeliveryAction } from "../actions";
import type { LoadedDelivery } from "./load";

type RetryButtonProps = { delivery: DeliveryDetail; slug: string; role: Role; size?: "sm" | "md"; className?: string };

/** Acts at once; where it cannot, it is not there or says which role it needs. */
export function RetryButton({ delivery, slug, role, size, className }: RetryButtonProps) {
  const shown = shownStatus(delivery, new Date());
  if (!isRetryable(shown)) return null;
  const ended = shown === "failed" || shown === "discarded";
  const words = ended ? "Retry delivery" : delivery.attempts === 0 ? "Send now" : "Retry now";
  if (!can(role, "retry")) {
    return (
      <Button disabled size={size} title={`Needs the role ${leastRoleFor("retry")}`} className={className}>
        {words}
      </Button>
    );
  }
  return (
    <span data-retry data-print="hide" className={className}>
      <ActionForm action={retryDeliveryAction} workspace={slug} feedback="toast">
        <input type="hidden" name="delivery" value={formatId("dlv", delivery.id)} />
        <SubmitButton size={size} className="w-full" aria-keyshortcuts="R">
          {words}
          <Kbd keys="r" />
        </SubmitButton>
      </ActionForm>
    </span>
  );
}

/** Neither what its endpoint's pause holds nor what others of its line are before goes out for anybody's asking. */
export function mayGoNow({ endpoint, place }: LoadedDelivery, shown: ShownStatus): boolean {
  if (shown === "held") return endpoint?.status === "active";
  const others = place !== null && (place.head !== null || place.before.count > 0);
  return endpoint?.ordering !== "strict" || !others;
}
