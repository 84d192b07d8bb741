import { Fragment } from "react";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format";
import type { AttemptRow } from "@/lib/reports/delivery.ts";

type Phase = { name: string; from: number; ms: number };
type Timed = Pick<AttemptRow, "dnsMs" | "connectMs" | "tlsMs" | "firstByteMs" | "totalMs" | "reusedConnection">;

/** The phases of a call, one after the other. What did not happen is left out. */
export function phasesOf({ dnsMs, connectMs, tlsMs, firstByteMs, totalMs }: Timed): Phase[] {
  const phases: Phase[] = [];
  let at = 0;
  const until = (name: string, end: number) => {
    if (end > at) phases.push({ name, from: at, ms: end - at });
    at = Math.max(at, end);
  };
  if (dnsMs !== null) until("DNS", at + dnsMs);
  if (connectMs !== null) until("Connect", at + connectMs);
  if (tlsMs !== null) until("TLS", at + tlsMs);
  // The first byte's time counts from the start of the call.
  if (firstByteMs !== null) until("Wait", firstByteMs);
  until(firstByteMs === null ? "No answer" : "Download", totalMs);
  return phases.length > 0 ? phases : [{ name: "Total", from: 0, ms: totalMs }];
}

/** An end of the scale that four equal steps divide into round numbers. */
export function niceEnd(totalMs: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(totalMs, 4)));
  const steps = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((step) => step * power);
  return steps.find((step) => step >= totalMs && Number.isInteger(step / 4)) ?? Math.ceil(totalMs / 4) * 4;
}

const GRID =
  "relative h-5 bg-[linear-gradient(var(--color-border),var(--color-border)),linear-gradient(var(--color-border),var(--color-border)),linear-gradient(var(--color-border),var(--color-border)),linear-gradient(var(--color-border),var(--color-border)),linear-gradient(var(--color-border),var(--color-border))] bg-[length:1px_100%] bg-[position:0_0,25%_0,50%_0,75%_0,100%_0] bg-no-repeat";

/** How a call spent its time; the longest phase stands out. */
export function Waterfall({ attempt }: { attempt: Timed }) {
  const phases = phasesOf(attempt);
  const end = niceEnd(attempt.totalMs);
  const longest = Math.max(...phases.map(({ ms }) => ms));
  const words = phases.map(({ name, ms }) => `${name} ${formatDuration(ms)}`).join(", ");
  return (
    <div>
      <div
        role="img"
        aria-label={`Timing: ${words}, total ${formatDuration(attempt.totalMs)}`}
        className="grid grid-cols-[88px_minmax(0,1fr)_72px] text-fg-2 text-xs/5"
      >
        {phases.map(({ name, from, ms }) => (
          <Fragment key={name}>
            <span>{name}</span>
            <span className={GRID}>
              <i
                className={cn(
                  "absolute top-1.5 h-2 min-w-0.5 rounded-[1px]",
                  ms === longest ? "bg-fg-2" : "bg-chart-ok",
                )}
                style={{ left: `${(from / end) * 100}%`, width: `${(ms / end) * 100}%` }}
              />
            </span>
            <span className="mono text-right text-xs/5">{formatDuration(ms)}</span>
          </Fragment>
        ))}
        <span />
        <Axis end={end} />
        <span className="mono text-right font-medium text-fg text-xs/5">{formatDuration(attempt.totalMs)}</span>
      </div>
      {attempt.reusedConnection && (
        <p className="text-fg-3 text-xs">Sent over a connection that was already open: no DNS, connect or TLS.</p>
      )}
    </div>
  );
}

function Axis({ end }: { end: number }) {
  const unit = end >= 4_000 ? { name: "s", ms: 1_000 } : { name: "ms", ms: 1 };
  return (
    <span className="relative h-4 text-fg-3">
      {[0, 1, 2, 3, 4].map((step) => (
        <span
          key={step}
          style={{ left: `${step * 25}%` }}
          className={cn(
            "absolute whitespace-nowrap text-xs tabular-nums",
            step > 0 && "-translate-x-1/2",
            step === 4 && "-translate-x-full",
            step % 2 === 1 && "max-md:hidden",
          )}
        >
          {(end / 4 / unit.ms) * step}
          {step === 4 && `\u00a0${unit.name}`}
        </span>
      ))}
    </span>
  );
}
