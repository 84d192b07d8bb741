import { CircleX, PauseCircle, TriangleAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { ICON_16 } from "@/components/ui/icon-size";
import { Time } from "@/components/ui/time";
import type { EndpointHealth } from "@/lib/endpoints/states.ts";
import type { Health } from "@/lib/reports/health.ts";

const LOOKS = {
  degraded: { icon: TriangleAlert, colour: "text-warn", word: "Degraded" },
  failing: { icon: CircleX, colour: "text-bad", word: "Failing" },
  paused: { icon: PauseCircle, colour: "text-fg-2", word: "Paused" },
  disabled: { icon: Unplug, colour: "text-bad", word: "Disabled" },
} satisfies Record<Exclude<EndpointHealth, "healthy">, { icon: unknown; colour: string; word: string }>;

/** What follows from a state that somebody chose. */
const CONSEQUENCES: Partial<Record<EndpointHealth, string>> = {
  paused: "New deliveries are held, and released when you resume.",
  disabled: "It gets no new deliveries; events of this time are not caught up.",
};

type StatusNoteProps = {
  health: Health;
  /** Who paused or disabled it. */
  actor: string | null;
  /** What can be done about it. */
  action?: ReactNode;
};

/** Why an endpoint is not healthy, since when, by whom, and what to do. */
export function StatusNote({ health: { health, reason, since }, actor, action }: StatusNoteProps) {
  if (health === "healthy") return null;
  const { icon: Icon, colour, word } = LOOKS[health];
  const chosen = health === "paused" || health === "disabled";
  return (
    <div className="mt-2 flex min-h-11 flex-wrap items-center gap-2.5 rounded-card border border-border-strong py-1.5 pr-2 pl-3.5 text-sm">
      <Icon {...ICON_16} className={colour} />
      <span className="min-w-0 flex-1 basis-64">
        {word}
        {chosen && actor && ` by ${actor}`}
        {since && (
          <>
            {" since "}
            <Time at={since} />
          </>
        )}
        {reason ? `: ${reason}` : ""}. <span className={cn(chosen && "text-fg-2")}>{CONSEQUENCES[health]}</span>
      </span>
      {action}
    </div>
  );
}
