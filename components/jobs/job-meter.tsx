import { cn } from "@/components/ui/cn";
import { formatNumber } from "@/components/ui/format";
import type { Sums } from "@/lib/bulk-jobs/sums.ts";

const HATCH =
  "bg-[repeating-linear-gradient(135deg,var(--color-chart-failed)_0_3px,var(--color-bg)_3px_4px)] print:border";

/** In the order in which they stand in the meter: what is told first, what is still to come last. */
const PARTS = [
  { state: "delivered", name: "Delivered", look: "bg-chart-ok" },
  { state: "failed", name: "Failed", look: HATCH },
  { state: "retrying", name: "Failed, will be tried again", look: "bg-chart-retry" },
  { state: "discarded", name: "Discarded", look: "bg-fg-3" },
  {
    state: "skipped",
    name: "Left out",
    look: "bg-[repeating-linear-gradient(90deg,var(--color-control)_0_1px,var(--color-bg)_1px_4px)]",
  },
  { state: "open", name: "In line or sending", look: "bg-chart-pending" },
  { state: "waiting", name: "To come", look: "bg-muted" },
] as const satisfies readonly { state: keyof Sums; name: string; look: string }[];

type JobMeterProps = { sums: Sums; over: number; total: number; label: string; size?: "md" | "sm" };

/** How far a job is, and how it went, as one bar. Its words are in the legend; the bar itself says only how far. */
export function JobMeter({ sums, over, total, label, size = "md" }: JobMeterProps) {
  const parts = PARTS.filter(({ state }) => sums[state] > 0);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={over}
      aria-valuetext={`${over} of ${total}`}
      className={cn("flex gap-px overflow-hidden rounded-badge bg-muted", size === "md" ? "h-3" : "h-1.5")}
    >
      {parts.map(({ state, look }) => (
        <span key={state} className={cn("min-w-0.5 basis-0", look)} style={{ flexGrow: sums[state] }} />
      ))}
    </div>
  );
}

type LegendProps = {
  sums: Sums;
  /** Where the rows of a state are listed. */
  hrefOf: (state: keyof Sums) => string;
  chosen: keyof Sums | null;
};

/** What the colours of the meter mean, each with its number and the way to its rows. */
export function JobLegend({ sums, hrefOf, chosen }: LegendProps) {
  const parts = PARTS.filter(({ state }) => sums[state] > 0);
  return (
    <ul className="flex flex-wrap gap-x-2 gap-y-1">
      {parts.map(({ state, name, look }) => (
        <li key={state}>
          <a
            href={hrefOf(state)}
            aria-current={state === chosen ? "true" : undefined}
            className={cn(
              "inline-flex min-h-6 items-center gap-1.5 rounded-control px-1.5 text-fg-2 text-sm hover:bg-hover touch:min-h-11",
              state === chosen && "bg-selected text-fg",
            )}
          >
            <span aria-hidden="true" className={cn("size-2.5 rounded-[2px] border border-transparent", look)} />
            {name} <b className="font-medium text-fg tabular-nums">{formatNumber(sums[state])}</b>
          </a>
        </li>
      ))}
    </ul>
  );
}
