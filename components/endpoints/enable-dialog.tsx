import { FactList, FactRow } from "@/components/ui/fact-list";
import { ActionForm } from "@/components/ui/form";
import { DialogFoot, RouteDialog } from "@/components/ui/route-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import { causeSentence } from "@/lib/reports/causes.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { StateForm } from "./endpoint-actions";

type EnableDialogProps = {
  slug: string;
  /** The outside id. */
  endpoint: string;
  name: string;
  closeHref: string;
  detail: EndpointDetail;
  /** Enables it when it answers a ping. */
  action: FormAction;
  /** Enables it as it is. */
  anyway: FormAction;
};

/** Why an endpoint was disabled, and the way back: a ping first. */
export function EnableDialog({ slug, endpoint, name, closeHref, detail, action, anyway }: EnableDialogProps) {
  const { statusReason, statusActor, statusSince, lastOutcome, lastStatusCode, lastFailureAt } = detail;
  const failed = lastOutcome !== null && lastOutcome !== "success";
  return (
    <RouteDialog title={`Fix and re-enable ${name}`} closeHref={closeHref}>
      <FactList>
        <FactRow name="Disabled">
          {statusActor ? `by ${statusActor}, ` : ""}
          <Time at={statusSince} />
        </FactRow>
        {statusReason && <FactRow name="Why">{statusReason}</FactRow>}
        {failed && (
          <FactRow name="Last error">
            it {causeSentence(lastOutcome, lastStatusCode)}
            {lastFailureAt && (
              <>
                , <Time at={lastFailureAt} />
              </>
            )}
          </FactRow>
        )}
      </FactList>
      <p className="mt-3">
        One signed ping goes out first. When it is answered with success, new events are delivered from then on; those
        of the time between can be sent by More actions, “Send what it never got…”.
      </p>
      <ActionForm action={action} workspace={slug} className="mt-3">
        <input type="hidden" name="endpoint" value={endpoint} />
        <DialogFoot closeHref={closeHref}>
          <SubmitButton>Send ping and enable</SubmitButton>
        </DialogFoot>
      </ActionForm>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-2 border-t pt-3 text-sm">
        <span className="min-w-0 flex-1 basis-56">A receiver that knows no pings can be enabled as it is.</span>
        <StateForm action={anyway} workspace={slug} endpoint={endpoint} size="sm">
          Enable without a ping
        </StateForm>
      </div>
    </RouteDialog>
  );
}
