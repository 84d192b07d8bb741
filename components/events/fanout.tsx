import { cn } from "@/components/ui/cn";
import { formatNumber } from "@/components/ui/format";
import { ICON_12 } from "@/components/ui/icon-size";
import { DELIVERY_LOOKS } from "@/components/ui/status-badge";
import type { Fanout } from "@/lib/reports/events.ts";

/** What needs a look first. */
const ORDER = ["failed", "retrying", "held", "discarded", "queued", "delivered"] as const;

const COLOURS = { ok: "text-fg-2", bad: "text-bad", warn: "text-warn", info: "text-info", idle: "text-fg-2" };

/** `1 failed  3 delivered`: how an event's deliveries stand. */
export function FanoutSummary({ fanout }: { fanout: Fanout }) {
  const parts = ORDER.flatMap((status) => (fanout[status] ? [{ status, count: fanout[status] }] : []));
  if (parts.length === 0) return <span className="text-fg-3">no endpoint wanted it</span>;
  return (
    <span className="inline-flex gap-x-3">
      {parts.map(({ status, count }) => {
        const { icon: Icon, word, tone } = DELIVERY_LOOKS[status];
        return (
          <span key={status} className={cn("inline-flex items-center gap-1", COLOURS[tone])}>
            <Icon {...ICON_12} />
            {formatNumber(count)} {word.toLowerCase()}
          </span>
        );
      })}
    </span>
  );
}
