import { Check, CircleX, Clock, Unplug } from "lucide-react";
import { Note } from "@/components/endpoints/note";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { GapCheckFacts } from "@/lib/gap-check/queries.ts";
import type { GapProvider } from "./gap-provider";

type GapCheckStatusProps = { check: GapCheckFacts; provider: GapProvider; isDue: boolean };

/** What the last run found, or why it found nothing out, and when the next one is. */
export function GapCheckStatus({ check, provider, isDue }: GapCheckStatusProps) {
  const { lastRunAt, lastError, checked, nextRunAt } = check;
  if (isDue) {
    return (
      <Note icon={Clock} colour="text-info" role="status">
        Asking {provider.label} what it sent…
      </Note>
    );
  }
  const next = (
    <>
      Next check <Time at={nextRunAt} mode="relative" />.
    </>
  );
  if (lastError) {
    return (
      <Note icon={CircleX} colour="text-bad" role="status">
        {lastError}. {next}
      </Note>
    );
  }
  return (
    <Note icon={Check} colour="text-ok" role="status">
      Compared {formatCount(checked, provider.recover.one, provider.recover.many)} that {provider.label} sent
      {lastRunAt && (
        <>
          ; checked <Time at={lastRunAt} mode="relative" />
        </>
      )}
      . <span className="text-fg-2">{next}</span>
    </Note>
  );
}

/** For providers that nobody can ask. */
export function NoApi({ href }: { href: string }) {
  return (
    <EmptyState
      icon={Unplug}
      title="There is nobody to ask"
      action={<LinkButton href={href}>Open inbox</LinkButton>}
      className="mt-2"
    >
      This provider has no API that tells what it sent. GitHub and Stripe have one.
    </EmptyState>
  );
}
