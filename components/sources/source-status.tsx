import { Check, PauseCircle, Unplug } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { SourceStatus } from "@/lib/sources/states.ts";

const LOOKS = {
  active: { word: "Active", tone: "ok", icon: Check },
  paused: { word: "Paused", tone: "idle", icon: PauseCircle },
  disabled: { word: "Disabled", tone: "bad", icon: Unplug },
} as const;

export function SourceStatusBadge({ status, quiet }: { status: SourceStatus; quiet?: boolean }) {
  const { word, tone, icon } = LOOKS[status];
  return (
    <Badge tone={quiet && tone === "ok" ? "plain" : tone} icon={icon}>
      {word}
    </Badge>
  );
}
