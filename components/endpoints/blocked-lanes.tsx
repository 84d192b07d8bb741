import Link from "next/link";
import { CancelButton } from "@/components/deliveries/cancel-button";
import { Section } from "@/components/ui/card";
import { ShortId } from "@/components/ui/chips";
import { ActionForm } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import { formatId } from "@/lib/ids.ts";
import type { BlockedLane, Counted } from "@/lib/reports/line.ts";
import type { FormAction } from "@/lib/web/action.ts";

type BlockedLanesProps = {
  slug: string;
  lanes: BlockedLane[];
  now: Date;
  /** Null for those who may not retry. */
  actions: { retry: FormAction; cancel: FormAction } | null;
};

/** Lines that stand still behind a failing delivery, with the two ways on: try it again, or leave it out. */
export function BlockedLanes({ slug, lanes, now, actions }: BlockedLanesProps) {
  if (lanes.length === 0) return null;
  return (
    <Section title="Blocked by a failing delivery" className="mt-6">
      <ul className="rounded-card border border-border-strong">
        {lanes.map((lane) => (
          <li
            key={lane.deliveryId}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b py-2 pr-2 pl-3.5 text-sm last:border-b-0"
          >
            <Head slug={slug} lane={lane} now={now} />
            {actions && <LaneButtons slug={slug} lane={lane} {...actions} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Head({ slug, lane, now }: { slug: string; lane: BlockedLane; now: Date }) {
  const id = formatId("dlv", lane.deliveryId);
  const answer = lane.lastOutcome && answerWord(lane.lastOutcome, lane.lastStatusCode);
  return (
    <div className="min-w-0 flex-1 basis-72 [overflow-wrap:anywhere]">
      <p>
        {lane.lane === null ? (
          <span className="font-medium">Events without a key</span>
        ) : (
          <>
            Key <span className="mono font-medium">{lane.lane}</span>
          </>
        )}
        : {waiting(lane.behind)} behind{" "}
        <Link href={`/w/${slug}/deliveries/${id}`} className="link">
          {lane.eventType} <ShortId id={id} />
        </Link>
      </p>
      <p className="text-fg-2 text-xs">
        {formatCount(lane.attempts, "attempt")}
        {answer && (
          <>
            , the last <span className="mono text-bad">{answer}</span>
          </>
        )}
        .{" "}
        {lane.nextAttemptAt && lane.nextAttemptAt > now ? (
          <>
            The next comes <Time at={lane.nextAttemptAt} mode="relative" />, at <Time at={lane.nextAttemptAt} />.
          </>
        ) : (
          "The next is due."
        )}
      </p>
    </div>
  );
}

function LaneButtons({
  slug,
  lane,
  retry,
  cancel,
}: {
  slug: string;
  lane: BlockedLane;
  retry: FormAction;
  cancel: FormAction;
}) {
  const id = formatId("dlv", lane.deliveryId);
  return (
    <span className="flex gap-2">
      <ActionForm action={retry} workspace={slug} feedback="toast">
        <input type="hidden" name="delivery" value={id} />
        <SubmitButton variant="secondary" size="sm">
          Retry now
        </SubmitButton>
      </ActionForm>
      <CancelButton slug={slug} delivery={id} eventType={lane.eventType} action={cancel} size="sm" skips />
    </span>
  );
}

function waiting({ count, atLeast }: Counted): string {
  return `${atLeast ? "at least " : ""}${formatCount(count, "delivery waits", "deliveries wait")}`;
}
