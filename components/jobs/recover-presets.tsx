import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { fullTime } from "@/components/ui/format-time";

export type Preset = { label: string; from: Date; href: string; chosen: boolean };

/** Since when: each choice says the moment it means. */
export function RecoverPresets({ presets, zone, now }: { presets: Preset[]; zone: string; now: Date }) {
  return (
    <nav aria-label="Failed since" className="mt-3 flex flex-wrap items-center gap-1.5 text-sm">
      <span className="mr-1 text-fg-2">Failed in</span>
      {presets.map(({ label, from, href, chosen }) => (
        <Link
          key={label}
          href={href}
          aria-current={chosen ? "true" : undefined}
          title={`Since ${fullTime(from, zone, now)}`}
          className={cn(
            "inline-flex h-7 items-center rounded-control border border-border-strong px-2.5 hover:bg-hover touch:h-11",
            chosen && "border-accent-fg bg-selected font-medium",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
