import Link from "next/link";
import type { ReactNode } from "react";
import { EnvironmentBadge } from "@/components/shell/environment-badge";
import { buttonClass } from "@/components/ui/button";
import { Field, Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { formatNumber } from "@/components/ui/format";
import { Checkbox, Input, RadioGroup } from "@/components/ui/input";
import { SubmitBar } from "@/components/ui/submit-bar";
import { SubmitButton } from "@/components/ui/submit-button";
import type { JobKind, JobOrder } from "@/lib/bulk-jobs/scope.ts";
import type { Preview } from "@/lib/bulk-jobs/shares.ts";
import type { FormAction } from "@/lib/web/action.ts";

type JobFormProps = {
  slug: string;
  environment: "test" | "live";
  action: FormAction;
  /** The outside id the job will have. */
  job: string;
  kind: JobKind;
  query: string;
  order: JobOrder;
  preview: Preview | null;
  cancelHref: string;
  /** The first rows, between the choices and the button. */
  children: ReactNode;
};

const ORDERS = [
  { value: "oldest", label: "Oldest first", hint: "As they happened." },
  { value: "newest", label: "Newest first", hint: "What is most likely still wanted comes first." },
];

/** How a job goes about it, and the button that starts it. */
export function JobForm({
  slug,
  environment,
  action,
  job,
  kind,
  query,
  order,
  preview,
  cancelHref,
  children,
}: JobFormProps) {
  const nothing = preview?.willRun === 0;
  return (
    <ActionForm action={action} workspace={slug} className="flex grow flex-col">
      <input type="hidden" name="job" value={job} />
      <input type="hidden" name="query" value={query} />
      <div className="mt-8 grid max-w-4xl gap-6 md:grid-cols-3">
        <Fieldset name="order" label="Order">
          <RadioGroup name="order" defaultValue={order} options={ORDERS} />
        </Fieldset>
        <Field
          name="pace"
          label="Pace"
          optional
          hint="A second and endpoint. Empty: as each endpoint's own limits allow. All go through its circuit and its line."
        >
          <Input type="number" inputMode="numeric" min={1} max={1000} placeholder="As fast as allowed" />
        </Field>
        <Fieldset name="skipDelivered" label="Leave out">
          <Checkbox
            name="skipDelivered"
            defaultChecked
            label="Delivered in another way"
            hint={
              kind === "retry"
                ? "Another delivery of the same event has reached the endpoint, such as a replay."
                : "A delivery of the event has reached the endpoint already."
            }
          />
        </Fieldset>
      </div>
      {children}
      <SubmitBar
        badge={<EnvironmentBadge environment={environment} />}
        note="You can watch it, and stop it at any time. What has been delivered is never sent again."
      >
        {nothing ? (
          <span className="text-fg-2 text-sm">There is nothing to {kind}.</span>
        ) : (
          <SubmitButton>{startWords(kind, preview)}</SubmitButton>
        )}
        <Link href={cancelHref} className={buttonClass({})}>
          {nothing ? "Back" : "Cancel"}
        </Link>
      </SubmitBar>
    </ActionForm>
  );
}

function startWords(kind: JobKind, preview: Preview | null): string {
  const [verb, one, many] = kind === "retry" ? ["Retry", "delivery", "deliveries"] : ["Make", "delivery", "deliveries"];
  if (!preview || preview.more || preview.atMost)
    return kind === "retry" ? "Retry all that match" : "Replay all that match";
  return `${verb} ${formatNumber(preview.willRun)} ${preview.willRun === 1 ? one : many}`;
}
