"use client";

import { Field } from "@/components/ui/field";
import { calendarDay, clockMinute, clockTime } from "@/components/ui/format-time";
import { Input } from "@/components/ui/input";
import { useLiveValue } from "@/components/ui/live-form";
import { attemptTimes, describeSchedule, parseSchedule } from "@/lib/endpoints/schedule-text.ts";

type ScheduleFieldProps = {
  schedule: string;
  /** What an empty field means. */
  usual: number[];
  now: string;
  zone: string;
  hint: string;
};

/** The waits before each retry, with the times they would mean for a delivery that fails now. */
export function ScheduleField({ schedule, usual, now, zone, hint }: ScheduleFieldProps) {
  const waits = useSchedule(schedule, usual);
  return (
    <Field name="retrySchedule" label="Retry schedule" optional hint={hint}>
      <Input mono defaultValue={schedule} placeholder="5s, 5m, 30m, 2h, 5h, 10h, 14h, 20h, 24h" autoCapitalize="off" />
      {waits && <Preview waits={waits} now={new Date(now)} zone={zone} />}
    </Field>
  );
}

/** The schedule as it stands in the form; null while it cannot be read. */
export function useSchedule(initial: string, usual: number[]): number[] | null {
  const text = useLiveValue("retrySchedule", initial);
  if (text.trim() === "") return usual;
  return text.trim().toLowerCase() === "none" ? [] : parseSchedule(text);
}

function Preview({ waits, now, zone }: { waits: number[]; now: Date; zone: string }) {
  const today = calendarDay(now, zone, now);
  return (
    <div className="rounded-card border bg-surface px-3 py-2 text-xs">
      <p className="text-fg-2">{describeSchedule(waits)}, if the first one failed now:</p>
      <ol className="mono mt-1 flex flex-wrap gap-x-3 text-fg-2">
        {attemptTimes(waits, now).map((at) => (
          <li key={at.toISOString()} className="whitespace-nowrap">
            {momentText(at, now, zone, today)}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Seconds matter in the first minutes, the day from the next one on. */
function momentText(at: Date, now: Date, zone: string, today: string): string {
  if (at.getTime() - now.getTime() < 600_000) return clockTime(at, zone);
  const day = calendarDay(at, zone, now);
  return day === today ? clockMinute(at, zone) : `${day} ${clockMinute(at, zone)}`;
}
