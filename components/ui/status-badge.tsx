import type { LucideIcon } from "lucide-react";
import { ArrowUpRight, Ban, Check, CircleX, Clock, PauseCircle, RotateCw, TriangleAlert, Unplug } from "lucide-react";
import type { DeliveryStatus } from "@/lib/delivery/outcomes.ts";
import type { EndpointHealth } from "@/lib/endpoints/states.ts";
import { Badge, type Tone } from "./badge";

type Look = { word: string; tone: Tone; icon: LucideIcon };

export const DELIVERY_LOOKS = {
  queued: { word: "Queued", tone: "info", icon: Clock },
  sending: { word: "Sending", tone: "info", icon: ArrowUpRight },
  delivered: { word: "Delivered", tone: "ok", icon: Check },
  retrying: { word: "Retrying", tone: "warn", icon: RotateCw },
  failed: { word: "Failed", tone: "bad", icon: CircleX },
  held: { word: "Held", tone: "idle", icon: PauseCircle },
  discarded: { word: "Discarded", tone: "idle", icon: Ban },
} satisfies Record<DeliveryStatus, Look>;

export const HEALTH_LOOKS = {
  healthy: { word: "Healthy", tone: "ok", icon: Check },
  degraded: { word: "Degraded", tone: "warn", icon: TriangleAlert },
  failing: { word: "Failing", tone: "bad", icon: CircleX },
  paused: { word: "Paused", tone: "idle", icon: PauseCircle },
  disabled: { word: "Disabled", tone: "bad", icon: Unplug },
} satisfies Record<EndpointHealth, Look>;

type Quiet = { /** In a list: success as grey text without tint. */ quiet?: boolean };

export function StatusBadge({ status, quiet }: { status: DeliveryStatus } & Quiet) {
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
