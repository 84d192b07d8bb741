import { Hourglass, ShieldAlert, TimerReset } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import type { Counted } from "@/lib/reports/line.ts";
import { Countdown } from "./countdown";
import { Note } from "./note";

export type Flow = Pick<
  EndpointDetail,
  "circuit" | "circuitReason" | "circuitSince" | "probeAt" | "failedProbes" | "slowedUntil" | "crowdedSince"
>;

export const isCircuitOpen = ({ circuit }: Flow) => circuit === "open" || circuit === "half_open";
export const isSlowed = ({ slowedUntil }: Flow, now: Date) => slowedUntil !== null && slowedUntil > now;

type FlowNotesProps = { endpoint: Flow; held: Counted; now: Date; probe?: ReactNode };

/** What keeps an endpoint's deliveries from going out as they come: its circuit, its own wish, or its slowness. */
export function FlowNotes({ endpoint, held, now, probe }: FlowNotesProps) {
  const { slowedUntil, crowdedSince } = endpoint;
  return (
    <>
      {isCircuitOpen(endpoint) && <CircuitNote endpoint={endpoint} held={held} now={now} probe={probe} />}
      {slowedUntil && isSlowed(endpoint, now) && (
        <Note icon={TimerReset} colour="text-warn">
          Slowed down until <Time at={slowedUntil} /> (<Left until={slowedUntil} now={now} />
          ): the receiver asked for fewer calls. <span className="text-fg-2">Nothing goes out before.</span>
        </Note>
      )}
      {crowdedSince && !isCircuitOpen(endpoint) && (
        <Note icon={Hourglass} colour="text-warn">
          Crowded since <Time at={crowdedSince} />: its calls take longer than events come.{" "}
          <span className="text-fg-2">
            Deliveries wait in line and go out one for one, so that other endpoints do not wait for it.
          </span>
        </Note>
      )}
    </>
  );
}

function CircuitNote({
  endpoint: { circuit, circuitReason, circuitSince, probeAt, failedProbes },
  held,
  now,
  probe,
}: FlowNotesProps) {
  return (
    <Note icon={ShieldAlert} colour="text-bad" action={circuit === "open" && probe}>
      Circuit open
      {circuitSince && (
        <>
          {" since "}
          <Time at={circuitSince} />
        </>
      )}
      {circuitReason && `: ${circuitReason}`}. {heldWords(held)}{" "}
      <span className="text-fg-2">
        {failedProbes !== null && failedProbes > 0 && `${formatCount(failedProbes, "probe")} failed since. `}
        {circuit === "half_open" && "A probe is on its way. "}
        {circuit === "open" && probeAt && probeAt > now && (
          <>
            The next probe goes out in <Left until={probeAt} now={now} />.{" "}
          </>
        )}
        {circuit === "open" &&
          probeAt &&
          probeAt <= now &&
          (held.count > 0 ? "The next probe goes out now. " : "The next probe goes out with the next delivery. ")}
        When a probe succeeds, they are let out, slowly at first.
      </span>
    </Note>
  );
}

function heldWords({ count, atLeast }: Counted): string {
  if (count === 0) return "New deliveries are held.";
  return `${atLeast ? "At least " : ""}${formatCount(count, "delivery is", "deliveries are")} held.`;
}

function Left({ until, now }: { until: Date; now: Date }) {
  return <Countdown until={until.toISOString()} now={now.toISOString()} />;
}
