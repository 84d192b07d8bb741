import { formatCount, formatNumber } from "@/components/ui/format";
import type { JobRow } from "@/lib/bulk-jobs/queries.ts";
import { jobPath } from "./job-path";
import type { UnderWay } from "./job-progress";

const KINDS = { retry: "Retry", replay: "Replay" };

/** One line for all that is under way: a job by itself, or several together. */
export function underWayOf(slug: string, jobs: JobRow[]): UnderWay | null {
  const [first] = jobs;
  if (!first) return null;
  const over = jobs.reduce((sum, job) => sum + job.over, 0);
  const total = jobs.reduce((sum, job) => sum + job.total, 0);
  const counting = jobs.every(({ status }) => status === "counting");
  return {
    href: jobs.length === 1 ? jobPath(slug, first.id) : `/w/${slug}/jobs`,
    name: jobs.length === 1 ? KINDS[first.kind] : formatCount(jobs.length, "job"),
    words: counting ? "counting…" : `${formatNumber(over)}/${formatNumber(total)}`,
    percent: counting || total === 0 ? "…" : `${Math.floor((100 * over) / total)}\u00a0%`,
    title: jobs.length === 1 ? first.sentence : "Bulk jobs under way",
    share: total === 0 ? 0 : over / total,
  };
}
