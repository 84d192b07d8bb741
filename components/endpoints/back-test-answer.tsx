import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/format";
import type { TriedEvent } from "@/lib/back-test/back-test.ts";
import type { BackTestAnswer } from "./back-test";
import { BackTestChanges } from "./back-test-changes";

/** What came of trying a filter and a transformation. */
export function Answer({ answer }: { answer: BackTestAnswer }) {
  if (!answer.ok) {
    return (
      <div className="text-bad text-xs">
        {answer.problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
      </div>
    );
  }
  const { events, matched } = answer.report;
  if (events.length === 0) {
    return <p className="text-fg-2 text-sm">There are no events of these types yet to try it on: post one first.</p>;
  }
  return (
    <>
      <p className="mb-2 text-sm">
        <span className="font-medium tabular-nums">
          {matched} of {formatCount(events.length, "event")}
        </span>{" "}
        would be sent{summary(events)}.
      </p>
      <ul className="max-h-[60vh] overflow-auto rounded-card border">
        {events.map((event) => (
          <TriedRow key={event.id} event={event} />
        ))}
      </ul>
    </>
  );
}

/** `, 2 of them would fail and 1 would be dropped`. */
function summary(events: TriedEvent[]): string {
  const count = (result: string) => events.filter(({ transformation }) => transformation?.result === result).length;
  const parts = [
    [count("failed"), "would fail"],
    [count("dropped"), "would be dropped"],
    [count("not_run"), "could not be tried in time"],
  ].flatMap(([number, words]) => (number ? [`${number} ${words}`] : []));
  return parts.length > 0 ? `; of these ${parts.join(", ")}` : "";
}

const TRIALS = {
  changed: { tone: "info", words: "Changed" },
  unchanged: { tone: "idle", words: "Unchanged" },
  dropped: { tone: "idle", words: "Dropped" },
  failed: { tone: "bad", words: "Fails" },
  not_run: { tone: "warn", words: "Not tried" },
} as const;

const MATCHES = { tone: "ok", words: "Matches" } as const;
const FILTERED_OUT = { tone: "idle", words: "Filtered out" } as const;

function TriedRow({ event }: { event: TriedEvent }) {
  const { type, at, matches, reason, transformation } = event;
  const shown = transformation ? TRIALS[transformation.result] : matches ? MATCHES : FILTERED_OUT;
  return (
    <li className="grid gap-1.5 border-b px-3 py-2 text-sm last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={shown.tone}>{shown.words}</Badge>
        <span className="mono">{type}</span>
        <time dateTime={at} className="ml-auto text-fg-3 text-xs tabular-nums">
          {at.slice(0, 19).replace("T", " ")} UTC
        </time>
      </div>
      {reason && <p className="text-fg-2 text-xs [overflow-wrap:anywhere]">{reason.replace(/^Filtered out: /, "")}</p>}
      {transformation?.problem && <p className="text-bad text-xs [overflow-wrap:anywhere]">{transformation.problem}</p>}
      {transformation?.difference && <BackTestChanges difference={transformation.difference} />}
    </li>
  );
}
