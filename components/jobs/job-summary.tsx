import { Fact, Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import type { JobRow } from "@/lib/bulk-jobs/queries.ts";
import { isUnderWay } from "@/lib/bulk-jobs/scope.ts";
import { progressWords, rateWords, remainingWords } from "./job-words";

/** Who started it, when, how fast it goes and how long it still takes. */
type JobSummaryProps = { job: JobRow /** Nothing goes out at the moment. */; standsStill: boolean };

export function JobSummary({ job, standsStill }: JobSummaryProps) {
  const { status, pace, scope, finishedAt, stoppedBy } = job;
  const remaining = standsStill ? null : remainingWords(job);
  const rate = rateWords(job);
  return (
    <Facts>
      <Fact name={status === "counting" ? "Counting" : "Progress"}>
        <span className="tabular-nums">{progressWords(job)}</span>
      </Fact>
      {rate && <Fact name={isUnderWay(status) ? "Rate" : "Rate on average"}>{rate}</Fact>}
      {remaining && <Fact name="Still takes about">{remaining}</Fact>}
      <Fact name="Started by">
        {job.actorName}, {<Time at={job.createdAt} />}
      </Fact>
      {finishedAt && (
        <Fact name={status === "stopped" ? "Stopped by" : "Finished"}>
          {status === "stopped" && `${stoppedBy}, `}
          {<Time at={finishedAt} />}
        </Fact>
      )}
      <Fact name="Pace">{pace === null ? "As endpoints allow" : `${pace} a second and endpoint`}</Fact>
      <Fact name="Order">{scope.order === "newest" ? "Newest first" : "Oldest first"}</Fact>
    </Facts>
  );
}
