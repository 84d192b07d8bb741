import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { ICON_12 } from "@/components/ui/icon-size";

export type Delta = {
  /** Below zero: less than before. */
  change: number;
  text: string;
  /** A change for the worse that needs a person. */
  tone?: "bad" | "warn";
  /** The value before, in words: "from 11 917". */
  before: string;
};

type FigureProps = {
  label: string;
  /** What the number counts, dim beside the label. */
  of?: string;
  value: string;
  unit?: string;
  /** On the right of the number, such as its line over time. */
  aside?: ReactNode;
  href: string;
  /** Under the number: how it was before, or what else there is to say. */
  children?: ReactNode;
};

/** One number of a row of numbers; the whole box leads to what it counts. */
export function Figure({ label, of, value, unit, aside, href, children }: FigureProps) {
  return (
    <div className="relative min-w-0 border-r border-b px-4 pt-2.5 pb-3 hover:bg-surface">
      <dt className="text-fg-2 text-sm">
        <Link href={href} className="cover-link">
          {label} {of && <span className="text-fg-3">{of}</span>}
        </Link>
      </dt>
      <dd>
        <span className="flex items-center justify-between gap-2">
          <span className="font-semibold text-2xl tabular-nums">
            {value}
            {unit && <span className="ml-0.5 font-medium text-fg-2 text-lg tracking-normal">{unit}</span>}
          </span>
          {aside}
        </span>
        <span className="flex min-h-4 flex-wrap items-center gap-x-1 text-fg-3 text-xs tabular-nums">{children}</span>
      </dd>
    </div>
  );
}

/** How a number differs from the one before. Grey, unless the change is one for the worse that someone should see. */
export function DeltaText({ change, text, tone, before }: Delta) {
  const Icon = change === 0 ? Minus : change < 0 ? ArrowDown : ArrowUp;
  const colour = tone === "bad" ? "text-bad" : tone === "warn" ? "text-warn" : "text-fg-2";
  return (
    <>
      <b className={cn("inline-flex items-center gap-0.5 font-medium", colour)}>
        <Icon {...ICON_12} />
        <span className="sr-only">{change === 0 ? "unchanged" : change < 0 ? "down" : "up"}</span>
        {text}
      </b>{" "}
      {before}
    </>
  );
}
