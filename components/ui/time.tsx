import { readPreferences } from "@/lib/web/preferences.ts";
import { cn } from "./cn";
import { formatRelative } from "./format";
import { calendarDay, clockTime, fullTime, knownZone, milliseconds } from "./format-time";

type TimeProps = {
  at: Date;
  /** Which IANA zone; else the one this browser chose. */
  zone?: string;
  /** `full` 14 Oct 09:14:22 UTC · `both` adds how long ago · `time` 09:14:22 · `ms` 09:14:22.481 · `day` · `relative` */
  mode?: "full" | "both" | "time" | "ms" | "day" | "relative";
  className?: string;
};

/** The time zone of this browser's reader, for the head of a column of times. */
export async function readerZone(): Promise<string> {
  return knownZone((await readPreferences()).zone);
}

/** A moment, rendered on the server in the reader's zone; its title has the whole of it. */
export async function Time({ at, zone, mode = "full", className }: TimeProps) {
  const known = zone ? knownZone(zone) : await readerZone();
  const now = new Date();
  const title = `${fullTime(at, known, now)} · ${formatRelative(at, now)} · ${at.toISOString()}`;
  const mono = mode === "time" || mode === "ms";
  return (
    <time dateTime={at.toISOString()} title={title} className={cn("tabular-nums", mono && "mono", className)}>
      <TimeText at={at} zone={known} mode={mode} now={now} />
    </time>
  );
}

function TimeText({ at, zone, mode, now }: { at: Date; zone: string; mode: TimeProps["mode"]; now: Date }) {
  switch (mode) {
    case "time":
      return clockTime(at, zone);
    case "ms":
      return (
        <>
          {clockTime(at, zone)}
          <span className="text-fg-3">.{milliseconds(at)}</span>
        </>
      );
    case "day":
      return calendarDay(at, zone, now);
    case "relative":
      return formatRelative(at, now);
    case "both":
      return (
        <>
          {fullTime(at, zone, now)} <span className="text-fg-3">{formatRelative(at, now)}</span>
        </>
      );
    default:
      return fullTime(at, zone, now);
  }
}
