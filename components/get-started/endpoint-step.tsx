import Link from "next/link";
import type { ReactNode } from "react";
import { pagePath } from "@/components/shell/paths";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { formatDuration } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { Progress } from "@/lib/get-started/progress.ts";
import type { TrialSummary } from "@/lib/playground/trials.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { Step } from "./steps";

type Props = {
  slug: string;
  endpoint: Progress["endpoint"];
  /** How it answered the ping that it got when it was added. */
  verified: Pick<TrialSummary, "outcome" | "statusCode" | "totalMs"> | null;
  action: FormAction | null;
};

/** The first step: where events are to go. */
export function EndpointStep({ slug, endpoint, verified, action }: Props) {
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
        result={resultOf(endpoint, verified)}
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

/** A real answer says more than the ping's. */
function resultOf(endpoint: NonNullable<Progress["endpoint"]>, verified: Props["verified"]): ReactNode {
  if (endpoint.lastStatusCode !== null) return `last answered ${endpoint.lastStatusCode}`;
  if (!verified) return "gets every event";
  const word = answerWord(verified.outcome, verified.statusCode);
  const answered = verified.statusCode === null ? `not reached: ${word}` : `answered ${word}`;
  const took =
    verified.statusCode !== null && verified.totalMs !== null ? ` in ${formatDuration(verified.totalMs)}` : "";
  return <span className={verified.outcome === "success" ? undefined : "text-bad"}>{answered + took}</span>;
}
