import Link from "next/link";
import { pagePath } from "@/components/shell/paths";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Progress } from "@/lib/get-started/progress.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { Step } from "./steps";

type Props = { slug: string; endpoint: Progress["endpoint"]; action: FormAction | null };

/** The first step: where events are to go. */
export function EndpointStep({ slug, endpoint, action }: Props) {
  if (endpoint) {
    return (
      <Step
        number={1}
        title="Add an endpoint"
        done
        current={false}
        note={
          <Link href={pagePath(slug, "ep", endpoint.id)} className="mono text-fg-2 hover:underline">
            {endpoint.url}
          </Link>
        }
        result={endpoint.lastStatusCode === null ? "gets every event" : `last answered ${endpoint.lastStatusCode}`}
      />
    );
  }
  return (
    <Step number={1} title="Add an endpoint" done={false} current>
      {action ? (
        <ActionForm action={action} workspace={slug} className="flex flex-wrap items-start gap-2">
          <Field name="url" label={<span className="sr-only">URL of your endpoint</span>} className="w-full max-w-110">
            <Input mono required placeholder="https://example.com/webhooks" autoComplete="off" inputMode="url" />
          </Field>
          <div className="flex flex-wrap items-center gap-3 pt-1.5">
            <SubmitButton variant="secondary">Add endpoint</SubmitButton>
            <Link href={`/w/${slug}/endpoints/new`} className="link text-sm">
              With more settings
            </Link>
          </div>
        </ActionForm>
      ) : (
        <p className="text-fg-2 text-sm">Your role may not add endpoints.</p>
      )}
    </Step>
  );
}
