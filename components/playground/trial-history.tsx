import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import { Section } from "@/components/ui/card";
import { ICON_14 } from "@/components/ui/icon-size";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { TrialSummary } from "@/lib/playground/trials.ts";
import { trialWords } from "./trial-view";

type Props = {
  slug: string;
  zone: string;
  history: { trials: TrialSummary[]; older: string | null };
  /** Ids of those that are shown above. */
  shown: string[];
};

/** What the team has tried; each opens with its result, and fills the form again. */
export function TrialHistory({ slug, zone, history: { trials, older }, shown }: Props) {
  if (trials.length === 0) return null;
  const base = `/w/${slug}/playground`;
  return (
    <Section title="History" className="mt-6">
      <ol aria-label="History" className="rounded-card border">
        {trials.map((trial) => (
          <li key={trial.id} className="border-b last:border-b-0">
            <Link
              href={`${base}?run=${formatId("try", trial.id)}`}
              prefetch={false}
              aria-current={shown.includes(trial.id) ? "true" : undefined}
              className="focus-inset grid grid-cols-[16px_minmax(88px,auto)_minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-2 text-sm hover:bg-hover current:bg-selected max-sm:grid-cols-[16px_minmax(0,1fr)_auto]"
            >
              <Outcome trial={trial} />
              <span className="whitespace-nowrap tabular-nums">{trialWords(trial)}</span>
              <span className="min-w-0 truncate max-sm:hidden">
                {trial.eventType} <span className="mono text-fg-3">{trial.url}</span>
              </span>
              <span className="whitespace-nowrap text-fg-3 text-xs">
                {trial.actorName} <Time at={trial.createdAt} zone={zone} mode="time" />
              </span>
            </Link>
          </li>
        ))}
      </ol>
      {older && (
        <Link href={`${base}?before=${formatId("try", older)}`} className="link mt-2 inline-block text-sm">
          Older
        </Link>
      )}
    </Section>
  );
}

function Outcome({ trial }: { trial: TrialSummary }) {
  return trial.outcome === "success" ? (
    <CircleCheck {...ICON_14} className="text-fg-2" />
  ) : (
    <CircleX {...ICON_14} className="text-bad" />
  );
}
