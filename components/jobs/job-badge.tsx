import { Check, CirclePause, Hourglass, type LucideIcon, RotateCw, TriangleAlert } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { JobStatus } from "@/lib/bulk-jobs/scope.ts";

const LOOKS = {
  counting: { word: "Counting", tone: "info", icon: Hourglass },
  running: { word: "Running", tone: "info", icon: RotateCw },
  done: { word: "Done", tone: "ok", icon: Check },
  done_with_errors: { word: "Done with errors", tone: "warn", icon: TriangleAlert },
  stopped: { word: "Stopped", tone: "idle", icon: CirclePause },
} satisfies Record<JobStatus, { word: string; tone: Tone; icon: LucideIcon }>;

export function JobBadge({ status, quiet }: { status: JobStatus; quiet?: boolean }) {
  const { word, tone, icon } = LOOKS[status];
  return (
    <Badge tone={quiet && tone === "ok" ? "plain" : tone} icon={icon}>
      {word}
    </Badge>
  );
}
