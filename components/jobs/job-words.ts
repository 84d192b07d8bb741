import { formatDuration, formatNumber } from "@/components/ui/format";
import type { JobRow } from "@/lib/bulk-jobs/queries.ts";

/** `6 012 of 10 000` */
export function progressWords({ status, over, total }: Pick<JobRow, "status" | "over" | "total">): string {
  if (status === "counting") return `${formatNumber(total)} counted so far`;
  return `${formatNumber(over)} of ${formatNumber(total)}`;
}

/** `184/s` */
export function rateWords({ perSecond }: Pick<JobRow, "perSecond">): string | null {
  if (perSecond === null || perSecond <= 0) return null;
  return perSecond >= 10
    ? `${formatNumber(Math.round(perSecond))}/s`
    : `${formatNumber(Math.round(perSecond * 10) / 10)}/s`;
}

/** How long it still takes at the rate so far; null when nobody can tell. */
export function remainingWords(job: Pick<JobRow, "status" | "over" | "total" | "perSecond">): string | null {
  const { status, over, total, perSecond } = job;
  if (status !== "running" || !perSecond || perSecond <= 0) return null;
  const seconds = (total - over) / perSecond;
  return seconds < 1 ? "a moment" : formatDuration(Math.ceil(seconds) * 1_000);
}

/** Differs when anything that is shown of a job does. */
export function jobMark({ status, over, total, sums }: Pick<JobRow, "status" | "over" | "total" | "sums">): string {
  return `${status} ${over} ${total} ${sums.open}`;
}
