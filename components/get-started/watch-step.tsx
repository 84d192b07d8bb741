import Link from "next/link";
import { pagePath } from "@/components/shell/paths";
import { formatDuration } from "@/components/ui/format";
import { StatusBadge } from "@/components/ui/status-badge";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { Progress } from "@/lib/get-started/progress.ts";
import { Step } from "./steps";

type Props = { slug: string; progress: Progress };

/** The last step: a dot that listens until the first own delivery is there. */
export function WatchStep({ slug, progress: { event, delivery } }: Props) {
  const arrived = delivery !== null && delivery.attempts > 0;
  return (
    <Step
      number={3}
      title="Watch it arrive"
      done={arrived}
      current={event !== null && !arrived}
      result={
        <span role="status" className="inline-flex items-center gap-2 text-fg-2 text-sm">
          {delivery ? <Arrived slug={slug} delivery={delivery} /> : <Listening event={event} slug={slug} />}
        </span>
      }
    />
  );
}

function Arrived({ slug, delivery }: { slug: string; delivery: NonNullable<Progress["delivery"]> }) {
  const { lastOutcome, lastStatusCode, lastDurationMs } = delivery;
  return (
    <>
      <StatusBadge status={delivery.status} quiet />
      <Link href={pagePath(slug, "dlv", delivery.id)} className="link">
        {delivery.eventType}
      </Link>
      {lastOutcome && (
        <span className="mono">
          {answerWord(lastOutcome, lastStatusCode)}
          {lastDurationMs !== null && ` · ${formatDuration(lastDurationMs)}`}
        </span>
      )}
    </>
  );
}

function Listening({ slug, event }: { slug: string; event: Progress["event"] }) {
  if (event) {
    return (
      <>
        <Link href={pagePath(slug, "evt", event.id)} className="link">
          {event.type}
        </Link>
        was accepted, but no endpoint wanted it
      </>
    );
  }
  return (
    <>
      <span
        aria-hidden="true"
        className="size-1.75 rounded-full bg-fg-2 shadow-[0_0_0_3px_color-mix(in_srgb,var(--color-fg-2)_20%,transparent)]"
      />
      Listening…
    </>
  );
}
