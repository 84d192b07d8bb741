import Link from "next/link";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { pagePath } from "@/components/shell/paths";
import { cn } from "@/components/ui/cn";
import { formatCount, formatDuration, urlParts } from "@/components/ui/format";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { DeliveryRow } from "@/lib/reports/deliveries.ts";
import type { Timeline as Steps, TimelineStep } from "@/lib/reports/request-timeline.ts";

type TimelineProps = {
  slug: string;
  receivedAt: Date;
  answerStatus: number;
  timeline: Steps;
  zone: string;
  now: Date;
  /** What is to be said where it became nothing. */
  none: string;
};

/** All that became of a request, in the order in which it happened, down to every call to an endpoint. */
export function Timeline({ slug, receivedAt, answerStatus, timeline, zone, now, none }: TimelineProps) {
  const { steps, deliveries, more } = timeline;
  // Of a duplicate, what it is the same as came first.
  const before = steps.filter(({ at }) => at < receivedAt);
  const line = (step: TimelineStep) => (
    <Step key={keyOf(step)} at={step.at} since={receivedAt} tone={toneOf(step)}>
      <StepWords slug={slug} step={step} />
    </Step>
  );
  const unfinished = deliveries.filter((row) => deliveryRowView(row, zone, now).unfinished);
  return (
    <ol className="rounded-card border py-1.5">
      {before.map(line)}
      <Step at={receivedAt} since={null}>
        Request received, answered <span className="mono">{answerStatus}</span>
      </Step>
      {steps.slice(before.length).map(line)}
      {more > 0 && <Step at={null}>{formatCount(more, "further event")} not shown here</Step>}
      {steps.length === 0 && <Step at={null}>{none}</Step>}
      {unfinished.map((row) => (
        <Step key={`next ${row.id}`} at={null} tone="open">
          <span className="inline-flex flex-wrap items-center gap-x-2">
            <StatusBadge status={row.status} />
            <DeliveryLink slug={slug} delivery={row} />
            {row.nextAttemptAt && (
              <span className="text-fg-2">
                next attempt <Time at={row.nextAttemptAt} mode="relative" />
              </span>
            )}
          </span>
        </Step>
      ))}
    </ol>
  );
}

function keyOf(step: TimelineStep): string {
  if (step.kind === "event") return step.id;
  return step.kind === "delivery" ? step.delivery.id : `${step.delivery.id} ${step.number}`;
}

type Tone = "done" | "bad" | "open";

function toneOf(step: TimelineStep): Tone {
  return step.kind === "attempt" && step.outcome !== "success" ? "bad" : "done";
}

const DOTS: Record<Tone, string> = {
  done: "border-fg-3 bg-fg-3",
  bad: "border-bad bg-bad",
  open: "border-control bg-bg",
};

type StepProps = { at: Date | null; since?: Date | null; tone?: Tone; children: React.ReactNode };

/** A dot on the line, how long after the request, and what happened. */
function Step({ at, since, tone = "done", children }: StepProps) {
  return (
    <li className="group/step relative grid grid-cols-[76px_minmax(0,1fr)] gap-x-6 px-3 py-1 text-sm">
      <span className="text-right text-fg-3 text-xs leading-5 tabular-nums">
        {at && !since && <Time at={at} mode="time" className="text-xs" />}
        {at && since && <span title={at.toISOString()}>{offset(at, since)}</span>}
      </span>
      <span
        aria-hidden="true"
        className="absolute top-0 bottom-0 left-[100px] w-px bg-border group-last/step:bottom-auto group-first/step:top-3.5 group-last/step:h-3.5"
      />
      <span
        aria-hidden="true"
        className={cn("absolute top-2.75 left-[97px] size-1.75 rounded-full border", DOTS[tone])}
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </li>
  );
}

/** `+41 ms`; what was there before, as with a duplicate, `−1.2 s`. */
function offset(at: Date, since: Date): string {
  const ms = at.getTime() - since.getTime();
  return ms < 0 ? `−${formatDuration(-ms)}` : `+${formatDuration(ms)}`;
}

function StepWords({ slug, step }: { slug: string; step: TimelineStep }) {
  switch (step.kind) {
    case "event":
      return (
        <>
          {step.again ? "The same as event " : "Event "}
          <Link href={pagePath(slug, "evt", step.id)} className="link">
            {step.type}
          </Link>
        </>
      );
    case "delivery":
      return (
        <>
          {step.delivery.replayOf ? "Replayed to " : "Delivery to "}
          <DeliveryLink slug={slug} delivery={step.delivery} />
          {step.delivery.status === "discarded" && step.delivery.reason && (
            <span className="text-fg-2"> discarded: {step.delivery.reason}</span>
          )}
        </>
      );
    default:
      return (
        <>
          Attempt {step.number}, {endpointName(step.delivery)}:{" "}
          <Link
            href={`${pagePath(slug, "dlv", step.delivery.id)}?attempt=${step.number}`}
            className={cn("mono link", step.outcome !== "success" && "text-bad")}
          >
            {answerWord(step.outcome, step.statusCode)}
          </Link>
          <span className="text-fg-2"> in {formatDuration(step.totalMs)}</span>
        </>
      );
  }
}

function DeliveryLink({ slug, delivery }: { slug: string; delivery: DeliveryRow }) {
  return (
    <Link href={pagePath(slug, "dlv", delivery.id)} className="link">
      {endpointName(delivery)}
    </Link>
  );
}

function endpointName({ endpoint }: DeliveryRow): string {
  if (!endpoint) return "a deleted endpoint";
  // Two endpoints may share a host.
  const { host, path } = urlParts(endpoint.url);
  return endpoint.description || `${host}${path}`;
}
