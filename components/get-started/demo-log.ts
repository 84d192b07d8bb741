import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { DemoDelivery } from "@/lib/get-started/demo-delivery.ts";
import { formatDuration } from "../ui/format";

export type LogLine = {
  at: Date;
  text: string;
  /** The answer, red when it is a failure. */
  answer?: { word: string; bad: boolean };
  rest?: string;
  /** Since the event was accepted. */
  sinceMs: number;
};

/** What happened to a demo delivery, line by line. */
export function demoLog(demo: DemoDelivery): LogLine[] {
  const start = demo.createdAt.getTime();
  const lines: LogLine[] = [{ at: demo.createdAt, text: "accepted, signed, queued", sinceMs: 0 }];
  demo.attemptList.forEach((attempt, index) => {
    const at = new Date(attempt.startedAt.getTime() + attempt.totalMs);
    const last = index === demo.attemptList.length - 1;
    lines.push({
      at,
      text: `attempt ${attempt.number}`,
      answer: { word: answerWord(attempt.outcome, attempt.statusCode), bad: attempt.outcome !== "success" },
      rest: endingOf(demo, demo.attemptList[index + 1]?.startedAt ?? (last ? demo.nextAttemptAt : null), at, last),
      sinceMs: at.getTime() - start,
    });
  });
  return lines;
}

function endingOf(demo: DemoDelivery, next: Date | null, at: Date, last: boolean): string {
  if (last && demo.status === "delivered") return ", delivered";
  if (last && demo.status === "failed") return ", failed";
  if (!next) return "";
  return `, next in ${formatDuration(Math.max(1, Math.round((next.getTime() - at.getTime()) / 1_000)) * 1_000)}`;
}
