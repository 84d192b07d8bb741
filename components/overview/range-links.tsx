import Link from "next/link";
import { RANGE_NAMES, RANGES, type Range } from "@/lib/reports/ranges.ts";

/** Which time a report looks back on, as links side by side. */
export function RangeLinks({ path, range }: { path: string; range: Range }) {
  return (
    <nav
      aria-label="Time range"
      className="inline-flex h-7 overflow-clip rounded-control border border-border-strong touch:h-11"
    >
      {RANGE_NAMES.map((name) => (
        <Link
          key={name}
          href={`${path}?range=${name}`}
          aria-current={name === range ? "true" : undefined}
          className="grid min-w-9 place-items-center border-r px-2.5 font-medium text-fg-2 text-xs last:border-r-0 hover:bg-hover focus-inset current:bg-muted current:text-fg current:shadow-[inset_0_-2px_0_var(--color-accent-fg)] touch:min-w-11"
        >
          {RANGES[name].label}
        </Link>
      ))}
    </nav>
  );
}
