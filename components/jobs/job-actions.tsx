import { CirclePause, Play } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { formatNumber } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { SubmitButton } from "@/components/ui/submit-button";
import type { JobRow } from "@/lib/bulk-jobs/queries.ts";
import { isUnderWay } from "@/lib/bulk-jobs/scope.ts";
import { formatId } from "@/lib/ids.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { newJobPath } from "./job-path";

type JobActionsProps = {
  slug: string;
  job: JobRow;
  /** Deliveries that failed in it, and still have. */
  failures: number;
  /** Where the same is asked for once more. */
  againHref: string;
  stop: FormAction;
  goOn: FormAction;
};

/** What can be done with a job: stop it, go on, or start another from it. */
export function JobActions({ slug, job, failures, againHref, stop, goOn }: JobActionsProps) {
  const id = formatId("job", job.id);
  if (isUnderWay(job.status)) {
    return (
      <ActionForm action={stop} workspace={slug} feedback="toast">
        <input type="hidden" name="job" value={id} />
        <SubmitButton variant="secondary">
          <CirclePause {...ICON_14} />
          Stop
        </SubmitButton>
      </ActionForm>
    );
  }
  return (
    <>
      <LinkButton href={againHref} prefetch={false}>
        Run again…
      </LinkButton>
      {failures > 0 && (
        <LinkButton
          href={newJobPath(slug, { kind: "retry", of: id })}
          prefetch={false}
          variant={job.status === "stopped" ? "secondary" : "primary"}
        >
          Retry {formatNumber(failures)} that failed…
        </LinkButton>
      )}
      {job.status === "stopped" && (
        <ActionForm action={goOn} workspace={slug} feedback="toast">
          <input type="hidden" name="job" value={id} />
          <SubmitButton>
            <Play {...ICON_14} />
            Continue
          </SubmitButton>
        </ActionForm>
      )}
    </>
  );
}
