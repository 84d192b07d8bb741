import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";

type CancelButtonProps = {
  slug: string;
  /** The outside id. */
  delivery: string;
  eventType: string;
  action: FormAction;
  size?: "sm" | "md";
  /** It stands first in a line whose order is kept: those behind it go on. */
  skips: boolean;
};

/** Ends a delivery that is not over. Where order is kept, that is how its line moves on. */
export function CancelButton({ slug, delivery, eventType, action, size, skips }: CancelButtonProps) {
  const deed = skips ? "Skip this one" : "Give up now";
  return (
    <ConfirmDialog
      trigger={`${deed}…`}
      triggerVariant="secondary"
      triggerSize={size}
      title={skips ? `Skip this ${eventType}?` : `Give up this ${eventType}?`}
      confirm={
        <ActionForm action={action} workspace={slug} feedback="toast">
          <input type="hidden" name="delivery" value={delivery} />
          <SubmitButton variant="danger">{deed}</SubmitButton>
        </ActionForm>
      }
    >
      <p>
        It is not sent any more; a call that is on its way now may still arrive.
        {skips && " Those behind it in its line go on, in their order."}
      </p>
      <p>It stays on record as discarded, and can be retried later.</p>
    </ConfirmDialog>
  );
}
