import { Hourglass, ShieldAlert, TimerReset } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { type Flow, isCircuitOpen, isSlowed } from "./flow-notes";

/** In a word each, what keeps an endpoint's deliveries from going out as they come. Nothing for most. */
export function FlowBadges({ endpoint }: { endpoint: Flow }) {
  return (
    <>
      {isCircuitOpen(endpoint) && (
        <Badge tone="bad" icon={ShieldAlert} title={endpoint.circuitReason ?? undefined}>
          {endpoint.circuit === "half_open" ? "Probing" : "Circuit open"}
        </Badge>
      )}
      {isSlowed(endpoint, new Date()) && (
        <Badge tone="warn" icon={TimerReset} title="The receiver asked for fewer calls">
          Slowed down
        </Badge>
      )}
      {endpoint.crowdedSince && (
        <Badge tone="warn" icon={Hourglass} title="Its calls take longer than events come">
          Crowded
        </Badge>
      )}
    </>
  );
}
