import { SharedLink } from "@/components/deliveries/shared-link";
import { Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Checkbox, RadioGroup } from "@/components/ui/input";
import { DialogFoot, RouteDialog } from "@/components/ui/route-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { ShareLinkRow } from "@/lib/share-links/queries.ts";
import { revokeShareLinkAction, shareDeliveryAction } from "./share-actions";

type ShareDialogProps = {
  slug: string;
  /** Outside id. */
  delivery: string;
  links: ShareLinkRow[];
  closeHref: string;
};

const EXPIRIES = [
  { value: "1h", label: "1 hour" },
  { value: "1d", label: "1 day" },
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
];

/** Makes a link for whoever has no account here, and ends those that were made. */
export function ShareDialog({ slug, delivery, links, closeHref }: ShareDialogProps) {
  return (
    <RouteDialog title="Share this delivery" closeHref={closeHref}>
      <p className="text-sm">
        Whoever has the link reads this delivery without signing in: status, attempts, timing and headers. Signatures,
        cookies, keys and the like are left out, and so is the rest of the workspace.
      </p>
      <ActionForm action={shareDeliveryAction} workspace={slug} className="mt-4 grid gap-3 text-fg">
        <input type="hidden" name="delivery" value={delivery} />
        <Fieldset name="expires" label="The link ends after">
          <RadioGroup name="expires" defaultValue="7d" options={EXPIRIES} />
        </Fieldset>
        <Checkbox
          name="bodies"
          label="Show request and response bodies too"
          hint="They may hold personal data. Without this, only their sizes are shown."
        />
        <SharedLink />
        <DialogFoot closeHref={closeHref} cancel="Close">
          <SubmitButton>Make link</SubmitButton>
        </DialogFoot>
      </ActionForm>
      {links.length > 0 && <Links slug={slug} links={links} />}
    </RouteDialog>
  );
}

function Links({ slug, links }: { slug: string; links: ShareLinkRow[] }) {
  return (
    <section aria-label="Links that open now" className="mt-5 border-t pt-3">
      <h3 className="font-medium text-fg text-sm">Links that open now</h3>
      <ul className="mt-1 text-sm">
        {links.map((link) => (
          <li key={link.id} className="flex flex-wrap items-center gap-x-2 py-1">
            <span className="min-w-0 flex-1">
              Until <Time at={link.expiresAt} />, {link.showsBodies ? "with" : "without"} bodies
              {link.by && <span className="text-fg-3"> · by {link.by}</span>}
            </span>
            <ActionForm action={revokeShareLinkAction} workspace={slug} feedback="toast">
              <input type="hidden" name="link" value={link.id} />
              <SubmitButton variant="danger-quiet" size="sm">
                End now
              </SubmitButton>
            </ActionForm>
          </li>
        ))}
      </ul>
    </section>
  );
}
