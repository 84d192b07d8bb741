"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useLiveValue } from "@/components/ui/live-form";
import { describeSchedule } from "@/lib/endpoints/schedule-text.ts";
import { Fold } from "./fold";
import { ScheduleField, useSchedule } from "./schedule-field";

export type RetryValues = { retrySchedule: string; maxAge: string };

type RetryFoldProps = { values: RetryValues; usualSchedule: number[]; now: string; zone: string };

/** How long a delivery that fails is kept trying. */
export function RetryFold({ values, usualSchedule, now, zone }: RetryFoldProps) {
  return (
    <Fold
      title="Retries"
      summary={<Summary values={values} usualSchedule={usualSchedule} />}
      names={["retrySchedule", "maxAgeSeconds"]}
      open={values.retrySchedule !== "" || values.maxAge !== ""}
    >
      <ScheduleField
        schedule={values.retrySchedule}
        usual={usualSchedule}
        now={now}
        zone={zone}
        hint="The wait before each retry: 5s, 5m, 2h. Empty means the event type's schedule, else the default; none means no retries. A wait varies by ±10 %."
      />
      <Field
        name="maxAgeSeconds"
        label="Give up after"
        optional
        hint="A delivery older than this is given up, whatever its schedule says, also while it waits in line: 30m, 12h, 3d."
      >
        <Input mono defaultValue={values.maxAge} placeholder="its schedule decides" autoCapitalize="off" />
      </Field>
    </Fold>
  );
}

function Summary({ values, usualSchedule }: Pick<RetryFoldProps, "values" | "usualSchedule">) {
  const waits = useSchedule(values.retrySchedule, usualSchedule);
  const maxAge = useLiveValue("maxAgeSeconds", values.maxAge).trim();
  const schedule = waits ? describeSchedule(waits) : "schedule not readable";
  return `${schedule} · ${maxAge ? `given up after ${maxAge}` : "no maximum age"}`;
}
