import Link from "next/link";
import { pagePath } from "@/components/shell/paths";
import { Section } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Checkbox, Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Receiver } from "@/lib/receiver/queries.ts";
import type { FormAction } from "@/lib/web/action.ts";

type Props = {
  slug: string;
  receiver: Receiver | null;
  demoType: string;
  mostEvents: number;
  /** Null for those who may not. */
  send: FormAction | null;
  subscribe: FormAction | null;
};

/** What the receiver is sent: demo events on a press, and real ones when it subscribes to them. */
export function ReceiverEvents({ slug, receiver, demoType, mostEvents, send, subscribe }: Props) {
  return (
    <Section title="What it is sent" className="mt-6">
      {receiver && (
        <p className="mb-3 text-fg-2 text-sm">
          It is an endpoint like any other, and {receiver.status === "active" ? "active" : <b>{receiver.status}</b>}:{" "}
          <Link href={pagePath(slug, "ep", receiver.id)} className="link">
            its page
          </Link>{" "}
          shows retries, pause and circuit at work.
        </p>
      )}
      {send && (
        <ActionForm action={send} workspace={slug} feedback="toast" className="grid gap-2">
          <div className="flex flex-wrap items-end gap-2">
            <Field name="count" label={`Demo events, 1 to ${mostEvents}`} className="w-44">
              <Input mono inputMode="numeric" defaultValue="1" autoComplete="off" />
            </Field>
            <SubmitButton>Send</SubmitButton>
          </div>
          <Checkbox
            name="real"
            label="As real events"
            hint={`They count in figures, and ten failures in a row open the circuit. Only ${demoType}, only to this receiver.`}
          />
        </ActionForm>
      )}
      {subscribe && (
        <ActionForm
          action={subscribe}
          workspace={slug}
          className="mt-4 grid gap-2"
          key={receiver?.subscriptions.join()}
        >
          <Field
            name="subscriptions"
            label="Also gets real events of"
            hint="Event types or patterns such as order.*, separated by commas."
          >
            <Input mono defaultValue={(receiver?.subscriptions ?? [demoType]).join(", ")} autoCapitalize="off" />
          </Field>
          <div>
            <SubmitButton variant="secondary">Save</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Section>
  );
}
