import type { ReactNode } from "react";
import { cn } from "../ui/cn";

const SWATCHES = {
  delivered: "size-2.5 rounded-[2px] bg-chart-ok",
  retried: "size-2.5 rounded-[2px] bg-chart-retry",
  failed:
    "size-2.5 rounded-[2px] bg-[repeating-linear-gradient(135deg,var(--color-chart-failed)_0_3px,var(--color-bg)_3px_4px)]",
  p95: "h-0.5 w-3 bg-fg",
  p50: "h-0 w-3 border-chart-ok border-t-2 border-dashed",
};

/** One entry of a legend: a swatch, the name and its total. */
export function LegendEntry({
  swatch,
  name,
  total,
}: {
  swatch: keyof typeof SWATCHES;
  name: string;
  total: ReactNode;
}) {
  return (
    <span className="inline-flex h-6 items-center gap-1.5">
      <span aria-hidden="true" className={cn("shrink-0", SWATCHES[swatch])} />
      {name} <b className="font-medium text-fg tabular-nums">{total}</b>
    </span>
  );
}
