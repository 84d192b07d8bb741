import Link from "next/link";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format";
import { Kbd } from "@/components/ui/kbd";
import { Time } from "@/components/ui/time";
import { answerWord, TRIGGER_WORDS } from "@/lib/delivery/outcome-words.ts";
import type { AttemptRow } from "@/lib/reports/delivery.ts";

type AttemptsRailProps = {
  attempts: AttemptRow[];
  createdAt: Date;
  selected: number | null;
  hrefOf: (attempt: number) => string;
  /** The chosen one beside the one before it; null when there is no other. */
  compareHref: string | null;
  /** Who made a manual attempt, by the id on record. */
  names: Map<string, string>;
  /** The attempt to come, in words; null when none will. */
  pending: ReactNode;
};

const LINE = "relative grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 px-4 py-1.25 text-sm";
const PIP = "relative z-1 mt-1.5 ml-0.5 size-2.25 rounded-full shadow-[0_0_0_3px_var(--color-bg)]";

/** Every attempt, newest first, with what came between them. */
export function AttemptsRail({
  attempts,
  createdAt,
  selected,
  hrefOf,
  compareHref,
  names,
  pending,
}: AttemptsRailProps) {
  const newestFirst = attempts.toReversed();
  return (
    <section aria-labelledby="attempts" className="border-b pb-2 lg:border-r lg:border-b-0">
      <div className="flex h-10 items-center justify-between border-b pr-2 pl-4 touch:h-11">
        <h2 id="attempts" className="text-base">
          Attempts
        </h2>
        {compareHref && (
          <LinkButton variant="quiet" size="sm" href={compareHref} scroll={false} prefetch={false} data-print="hide">
            Compare…
            <Kbd keys="d" />
          </LinkButton>
        )}
      </div>
      <ol className="pt-2 [&>li:first-child]:before:top-5 [&>li:last-child]:before:bottom-auto [&>li:last-child]:before:h-4 [&>li]:relative [&>li]:before:absolute [&>li]:before:inset-y-0 [&>li]:before:left-5.5 [&>li]:before:w-px [&>li]:before:bg-border-strong">
        {pending && (
          <li>
            <Node open>{pending}</Node>
          </li>
        )}
        {newestFirst.map((attempt, index) => (
          <li key={attempt.number}>
            <RailLink
              attempt={attempt}
              current={attempt.number === selected}
              href={hrefOf(attempt.number)}
              names={names}
            />
            <Gap
              from={newestFirst[index + 1]?.startedAt ?? createdAt}
              to={attempt.startedAt}
              first={attempt.number === 1}
            />
          </li>
        ))}
        <li>
          <Node open>
            <span>Created</span>
            <Time at={createdAt} mode="time" className="font-sans text-fg-3 text-xs/4" />
          </Node>
        </li>
      </ol>
    </section>
  );
}

type RailLinkProps = { attempt: AttemptRow; current: boolean; href: string; names: Map<string, string> };

function RailLink({ attempt, current, href, names }: RailLinkProps) {
  const good = attempt.outcome === "success";
  const who = attempt.actor ? names.get(attempt.actor) : null;
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={current ? "true" : undefined}
      className={cn(
        LINE,
        "focus-inset hover:bg-hover current:bg-selected current:shadow-[inset_2px_0_0_var(--color-accent-fg)]",
      )}
    >
      <span
        className={cn(PIP, good ? "bg-fg-2" : "bg-chart-failed", current && "shadow-[0_0_0_3px_var(--color-selected)]")}
      />
      <span className="truncate">
        <span className="sr-only">Attempt </span>
        <span className="font-medium">{attempt.number}</span>
        <span className={cn("mono ml-2", good ? "text-fg-2" : "text-bad")}>
          {answerWord(attempt.outcome, attempt.statusCode)}
        </span>
      </span>
      <span className="mono">{formatDuration(attempt.totalMs)}</span>
      <span className="col-span-2 col-start-2 flex justify-between gap-2 text-fg-3 text-xs">
        <span className="truncate">
          {TRIGGER_WORDS[attempt.trigger]}
          {who && ` · ${who}`}
        </span>
        <Time at={attempt.startedAt} mode="time" className="font-sans text-xs/4" />
      </span>
    </Link>
  );
}

function Node({ open, children }: { open?: boolean; children: ReactNode }) {
  return (
    <div className={LINE}>
      <span
        className={cn(PIP, open && "bg-bg shadow-[inset_0_0_0_1.5px_var(--color-control),0_0_0_3px_var(--color-bg)]")}
      />
      {children}
    </div>
  );
}

function Gap({ from, to, first }: { from: Date; to: Date; first: boolean }) {
  const ms = Math.max(0, to.getTime() - from.getTime());
  return (
    <span className="relative block px-4 py-px pl-10 text-fg-3 text-xs tabular-nums">
      {formatDuration(ms)} {first ? "after creation" : "later"}
    </span>
  );
}
