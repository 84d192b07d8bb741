import type { LucideIcon } from "lucide-react";
import {
  ArrowUpRight,
  Ban,
  CalendarClock,
  Check,
  CircleX,
  Clock,
  Hourglass,
  PauseCircle,
  RotateCw,
  TriangleAlert,
  Unplug,
} from "lucide-react";
import type { DeliveryStatus } from "@/lib/delivery/outcomes.ts";
import type { EndpointHealth } from "@/lib/endpoints/states.ts";
import { Badge, type Tone } from "./badge";

type Look = { word: string; tone: Tone; icon: LucideIcon };

/** What a list says of a delivery: a queued one that waits for its endpoint or for its time is told apart. */
export type ShownStatus = DeliveryStatus | "in_line" | "scheduled";

export const DELIVERY_LOOKS = {
  queued: { word: "Queued", tone: "info", icon: Clock },
  in_line: { word: "In line", tone: "idle", icon: Hourglass },
  scheduled: { word: "Scheduled", tone: "idle", icon: CalendarClock },
  sending: { word: "Sending", tone: "info", icon: ArrowUpRight },
  delivered: { word: "Delivered", tone: "ok", icon: Check },
  retrying: { word: "Retrying", tone: "warn", icon: RotateCw },
  failed: { word: "Failed", tone: "bad", icon: CircleX },
  held: { word: "Held", tone: "idle", icon: PauseCircle },
  discarded: { word: "Discarded", tone: "idle", icon: Ban },
} satisfies Record<ShownStatus, Look>;

export const HEALTH_LOOKS = {
  healthy: { word: "Healthy", tone: "ok", icon: Check },
  degraded: { word: "Degraded", tone: "warn", icon: TriangleAlert },
  failing: { word: "Failing", tone: "bad", icon: CircleX },
  paused: { word: "Paused", tone: "idle", icon: PauseCircle },
  disabled: { word: "Disabled", tone: "bad", icon: Unplug },
} satisfies Record<EndpointHealth, Look>;

type Quiet = { /** In a list: success as grey text without tint. */ quiet?: boolean };

export function StatusBadge({ status, quiet }: { status: ShownStatus } & Quiet) {
  const { word, tone, icon } = DELIVERY_LOOKS[status];
  return (
    <Badge tone={quiet && tone === "ok" ? "plain" : tone} icon={icon}>
      {word}
    </Badge>
  );
}

export function HealthBadge({ health, reason, quiet }: { health: EndpointHealth; reason?: string | null } & Quiet) {
  const { word, tone, icon } = HEALTH_LOOKS[health];
  return (
    <Badge tone={quiet && tone === "ok" ? "plain" : tone} icon={icon} title={reason ?? undefined}>
      {word}
    </Badge>
  );
}
