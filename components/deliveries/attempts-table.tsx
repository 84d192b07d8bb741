import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import { answerWord, TRIGGER_WORDS } from "@/lib/delivery/outcome-words.ts";
import type { AttemptRow } from "@/lib/reports/delivery.ts";

type AttemptsTableProps = {
  attempts: AttemptRow[];
  /** `6/6 +1 manual` */
  summary: string;
  selected: number | null;
  hrefOf: (attempt: number) => string;
  /** Who made a manual attempt, by the id on record. */
  names: Map<string, string>;
  /** The attempt to come, in words; null when none will. */
  pending: ReactNode;
};

/** Every attempt in a row, newest first: where there is no room for the rail. */
export function AttemptsTable({ attempts, summary, selected, hrefOf, names, pending }: AttemptsTableProps) {
  return (
    <section aria-label="Attempts" className="overflow-hidden rounded-card border">
      <div className="flex h-8 items-center justify-between border-b bg-surface px-3 text-fg-2 text-xs">
        <span>Attempts</span>
        <span className="tabular-nums">{summary}</span>
      </div>
      <ol className="max-h-64 overflow-y-auto">
        {pending && <li className="flex min-h-7 items-center justify-between border-b px-3 text-sm">{pending}</li>}
        {attempts.toReversed().map((attempt) => (
          <li key={attempt.number} className="border-b last:border-b-0">
            <AttemptLink
              attempt={attempt}
              href={hrefOf(attempt.number)}
              current={attempt.number === selected}
              who={(attempt.actor && names.get(attempt.actor)) || TRIGGER_WORDS[attempt.trigger]}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

type AttemptLinkProps = { attempt: AttemptRow; href: string; current: boolean; who: string };

function AttemptLink({ attempt, href, current, who }: AttemptLinkProps) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={current ? "true" : undefined}
      className="grid min-h-7 grid-cols-[20px_64px_72px_minmax(0,1fr)_auto] items-center gap-x-2 px-3 text-sm focus-inset hover:bg-hover current:bg-selected current:shadow-[inset_2px_0_0_var(--color-accent-fg)] touch:min-h-11"
    >
      <span className="text-fg-3 tabular-nums">
        <span className="sr-only">Attempt </span>
        {attempt.number}
      </span>
      <span className={cn("mono truncate", attempt.outcome === "success" ? "text-fg-2" : "text-bad")}>
        {answerWord(attempt.outcome, attempt.statusCode)}
      </span>
      <span className="mono">{formatDuration(attempt.totalMs)}</span>
      <span className="truncate text-fg-2">{who}</span>
      <Time at={attempt.startedAt} mode="time" className="text-fg-3" />
    </Link>
  );
}
