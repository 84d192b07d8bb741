import { readPreferences } from "@/lib/web/preferences.ts";
import { cn } from "./cn";
import { formatRelative } from "./format";
import { calendarDay, clockTime, fullTime, knownZone, milliseconds } from "./format-time";

type TimeProps = {
  at: Date;
  /** Which IANA zone; else the one this browser chose. */
  zone?: string;
  /**
   * `full` 14 Oct 09:14:22 UTC · `both` adds how long ago · `time` 09:14:22 · `ms` 09:14:22.481 · `day` · `relative` ·
   * `list` as the person likes times in lists, `ms` or `relative`.
   */
  mode?: "full" | "both" | "time" | "ms" | "day" | "relative" | "list";
  /** Whether Tab stops at it to open its card, as in `both`. Not inside links, nor in lists: there Shift+T opens it. */
  focusable?: boolean;
  className?: string;
};

/** The time zone of this browser's reader, for the head of a column of times. */
export async function readerZone(): Promise<string> {
  return knownZone((await readPreferences()).zone);
}

/** A moment, rendered on the server in the reader's zone. Pointed at, a card has it in every form, to copy. */
export async function Time({ at, zone, mode: given = "full", focusable = given === "both", className }: TimeProps) {
  const { zone: chosen, times } = await readPreferences();
  const mode = given !== "list" ? given : times === "relative" ? "relative" : "ms";
  const known = knownZone(zone ?? chosen);
  const now = new Date();
  const mono = mode === "time" || mode === "ms";
  const time = (
    <time
      dateTime={at.toISOString()}
      title={`${fullTime(at, known, now)} · ${formatRelative(at, now)} · ${at.toISOString()}`}
      data-zone={known}
      className={cn("tabular-nums", mono && "mono", className)}
    >
      <TimeText at={at} zone={known} mode={mode} now={now} />
    </time>
  );
  if (!focusable) return time;
  return (
    <button type="button" data-time-card aria-haspopup="dialog" className="-my-0.5 min-h-6 text-left">
      {time}
    </button>
  );
}

function TimeText({
  at,
  zone,
  mode,
  now,
}: {
  at: Date;
  zone: string;
  mode: Exclude<TimeProps["mode"], "list">;
  now: Date;
}) {
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
      return <span data-relative>{formatRelative(at, now)}</span>;
    case "both":
      return (
        <>
          {fullTime(at, zone, now)}{" "}
          <span data-relative className="text-fg-3">
            {formatRelative(at, now)}
          </span>
        </>
      );
    default:
      return fullTime(at, zone, now);
  }
}
