import { formatRelative } from "@/components/ui/format";
import type { ShownStatus } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";

/** The attempt to come, at the head of the others. */
export function PendingAttempt({ delivery, shown }: { delivery: DeliveryDetail; shown: ShownStatus }) {
  const { nextAttemptAt, attempts } = delivery;
  const planned = shown === "retrying" || shown === "scheduled" ? nextAttemptAt : null;
  const words = planned && planned > new Date() ? formatRelative(planned, new Date()) : PENDING_WORDS[shown];
  return (
    <>
      <span className="text-fg-2">
        <span className="font-medium">{attempts + 1}</span> <span className="ml-1">{words ?? "due"}</span>
      </span>
      {planned && <Time at={planned} mode="time" className="font-sans text-fg-3 text-xs/4" />}
    </>
  );
}

const PENDING_WORDS: Partial<Record<ShownStatus, string>> = {
  sending: "being sent",
  queued: "queued",
  in_line: "in line",
};
