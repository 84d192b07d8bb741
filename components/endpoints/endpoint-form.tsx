import { EnvironmentBadge } from "@/components/shell/environment-badge";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { LiveForm } from "@/components/ui/live-form";
import { SubmitBar } from "@/components/ui/submit-bar";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";
import { AboutFold, type AboutValues } from "./about-fold";
import type { BackTestAction } from "./back-test";
import { DeliveryPreview, type PreviewType } from "./delivery-preview";
import { EventPicker } from "./event-picker";
import { FoldList } from "./fold";
import { LimitsFold, type LimitValues } from "./limits-fold";
import { LogicFold, type LogicValues } from "./logic-fold";
import { RequestFold, type RequestValues } from "./request-fold";
import { RetryFold, type RetryValues } from "./retry-fold";
import { SecurityFold, type SecurityValues } from "./security-fold";
import { type VerifyAction, VerifyUrl } from "./verify-url";

export type EndpointValues = { url: string; subscriptions: string[] } & AboutValues &
  RequestValues &
  SecurityValues &
  RetryValues &
  LimitValues &
  LogicValues;

type EndpointFormProps = {
  action: FormAction;
  workspace: { slug: string; name: string; environment: "test" | "live" };
  /** The outside id of the endpoint being edited. */
  endpoint: string | null;
  values: EndpointValues;
  types: PreviewType[];
  usualSchedule: number[];
  userAgent: string;
  publicUrl: string;
  now: string;
  zone: string;
  /** Tries filter and transformation on recent events. */
  tryOut: BackTestAction;
  /** Sends a ping to the endpoint as the form describes it. */
  verify: VerifyAction;
  cancelHref: string;
};

/** One page for a new endpoint and for changes: one field that is needed, the rest folded, the request beside it. */
export function EndpointForm({ action, workspace, endpoint, values, types, ...rest }: EndpointFormProps) {
  const { usualSchedule, userAgent, publicUrl, now, zone, tryOut, verify, cancelHref } = rest;
  return (
    <ActionForm action={action} workspace={workspace.slug}>
      {endpoint && <input type="hidden" name="endpoint" value={endpoint} />}
      {/* Enter in a field presses the first button of a form: it shall save, not verify. */}
      <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <LiveForm className="flex min-h-[calc(100dvh-var(--topbar)-52px)] flex-col">
        <div className="mb-8 grid grid-cols-[minmax(0,640px)_minmax(0,424px)] items-start gap-12 max-xl:grid-cols-1 max-xl:gap-6">
          <div className="grid gap-5">
            <VerifyUrl url={values.url} autoFocus={endpoint === null} verify={verify} />
            <EventPicker types={types} subscriptions={values.subscriptions} />
            <FoldList>
              <AboutFold values={values} />
              <LogicFold values={values} tryOut={tryOut} />
              <RequestFold values={values} />
              <SecurityFold values={values} isNew={endpoint === null} />
              <RetryFold values={values} usualSchedule={usualSchedule} now={now} zone={zone} />
              <LimitsFold values={values} />
            </FoldList>
          </div>
          <aside aria-label="Preview" className="xl:pt-6.5">
            <DeliveryPreview
              types={types}
              url={values.url}
              subscriptions={values.subscriptions}
              method={values.method}
              format={values.format}
              headerNames={values.headerNames}
              signature={values.signature}
              authentication={values.authentication?.type ?? "none"}
              userAgent={userAgent}
              source={`${publicUrl}/w/${workspace.slug}`}
              now={now}
            />
            {endpoint === null && (
              <p className="mt-2.5 text-fg-3 text-xs">
                The signing secret is made when the endpoint is created and shown on its page.
              </p>
            )}
          </aside>
        </div>
        <SubmitBar
          badge={<EnvironmentBadge environment={workspace.environment} />}
          note={
            endpoint
              ? `${workspace.name}. Changes take effect at once.`
              : `${workspace.name}. Deliveries start at once.`
          }
        >
          <SubmitButton>{endpoint ? "Save changes" : "Create endpoint"}</SubmitButton>
          <LinkButton href={cancelHref} variant="quiet">
            Cancel
          </LinkButton>
        </SubmitBar>
      </LiveForm>
    </ActionForm>
  );
}
