import { formatDuration, formatRelative } from "@/components/ui/format";
import { calendarDay, clockMinute, clockTime, fullTime, milliseconds } from "@/components/ui/format-time";
import type { ShownStatus } from "@/components/ui/status-badge";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { DeliveryStatus } from "@/lib/delivery/outcomes.ts";
import { ENDPOINT_FAILING, ENDPOINT_PAUSED } from "@/lib/endpoints/states.ts";
import { formatId } from "@/lib/ids.ts";
import type { DeliveryRow } from "@/lib/reports/deliveries.ts";
import { type AttemptsView, attemptsView } from "./attempts-view";

/** A delivery as a list shows it: everything is words already, so the browser formats nothing. */
export type DeliveryRowView = {
  id: string;
  status: DeliveryStatus;
  /** The status as its badge says it. */
  shown: ShownStatus;
  /** Of the event and the endpoint: their outside ids. */
  event: string;
  endpoint: string;
  eventType: string;
  url: string;
  test: boolean;
  attempts: AttemptsView;
  answer: string | null;
  took: string | null;
  /** When the next attempt comes, or why none does. */
  next: { relative: string; clock: string; title: string } | null;
  reason: string | null;
  /** The reason in a word or two, where there is no room for it. */
  why: string | null;
  customer: string | null;
  created: { day: string; clock: string; ms: string; ago: string; title: string; iso: string };
  unfinished: boolean;
  retryable: boolean;
  /** Differs when anything about the delivery does. */
  mark: string;
};

const UNFINISHED: readonly DeliveryStatus[] = ["queued", "sending", "retrying"];
const RETRYABLE: readonly ShownStatus[] = ["failed", "discarded", "retrying", "held", "in_line", "scheduled"];
const CANCELLABLE: readonly ShownStatus[] = ["queued", "in_line", "scheduled", "retrying", "held"];

export const isUnfinished = (status: DeliveryStatus) => UNFINISHED.includes(status);
export const isRetryable = (status: ShownStatus) => RETRYABLE.includes(status);
export const isCancellable = (status: ShownStatus) => CANCELLABLE.includes(status);

type Placed = Pick<DeliveryRow, "status" | "parked" | "nextAttemptAt">;

/** Queued is what a worker takes next; what waits for its endpoint's turn or for its time is something else. */
export function shownStatus({ status, parked, nextAttemptAt }: Placed, now: Date): ShownStatus {
  if (status !== "queued") return status;
  if (parked) return "in_line";
  return nextAttemptAt && nextAttemptAt > now ? "scheduled" : "queued";
}

export function deliveryRowView(row: DeliveryRow, zone: string, now: Date): DeliveryRowView {
  const shown = shownStatus(row, now);
  const planned = shown === "retrying" || shown === "scheduled" ? row.nextAttemptAt : null;
  return {
    id: formatId("dlv", row.id),
    status: row.status,
    shown,
    event: formatId("evt", row.eventId),
    endpoint: formatId("ep", row.endpointId),
    eventType: row.eventType,
    url: row.endpoint?.url ?? "",
    test: row.test,
    attempts: attemptsView(row),
    ...lastAnswer(row),
    next: planned && nextView(planned, zone, now),
    reason: row.status === "held" || row.status === "discarded" ? row.reason : null,
    why: row.status === "held" ? heldWords(row.reason) : null,
    customer: row.customer,
    created: {
      day: calendarDay(row.createdAt, zone, now),
      clock: clockTime(row.createdAt, zone),
      ms: milliseconds(row.createdAt),
      ago: formatRelative(row.createdAt, now),
      title: `${fullTime(row.createdAt, zone, now)} · ${formatRelative(row.createdAt, now)}`,
      iso: row.createdAt.toISOString(),
    },
    unfinished: isUnfinished(row.status),
    retryable: isRetryable(shown),
    mark: deliveryMark(row),
  };
}

/** How the last attempt ended, in words. */
export function lastAnswer(row: Pick<DeliveryRow, "lastOutcome" | "lastStatusCode" | "lastDurationMs">) {
  return {
    answer: row.lastOutcome && answerWord(row.lastOutcome, row.lastStatusCode),
    took: row.lastDurationMs === null ? null : formatDuration(row.lastDurationMs),
  };
}

const HELD_WORDS: Record<string, string> = { [ENDPOINT_PAUSED]: "paused", [ENDPOINT_FAILING]: "circuit open" };

function heldWords(reason: string | null): string {
  return (reason && HELD_WORDS[reason]) || "waiting";
}

export function deliveryMark(row: Placed & Pick<DeliveryRow, "attempts">): string {
  return `${row.status} ${row.parked ? "parked " : ""}${row.attempts} ${row.nextAttemptAt?.getTime() ?? ""}`;
}

/** The clock alone would be ambiguous from tomorrow on. */
function nextView(at: Date, zone: string, now: Date) {
  const today = calendarDay(at, zone, now) === calendarDay(now, zone, now);
  const clock = clockMinute(at, zone);
  return {
    relative: at <= now ? "now" : formatRelative(at, now),
    clock: today ? clock : `${calendarDay(at, zone, now)} ${clock}`,
    title: fullTime(at, zone, now),
  };
}
