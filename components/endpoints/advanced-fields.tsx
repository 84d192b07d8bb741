"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";
import { useFormContext } from "@/components/ui/form";
import { ICON_16 } from "@/components/ui/icon-size";
import { Input, Select } from "@/components/ui/input";
import { useLiveValue, useLiveValues } from "@/components/ui/live-form";
import { describeSchedule } from "@/lib/endpoints/schedule-text.ts";
import type { Format } from "@/lib/endpoints/states.ts";
import { HeaderRows } from "./header-rows";
import { ScheduleField, useSchedule } from "./schedule-field";

export type AdvancedValues = {
  description: string;
  customer: string;
  format: Format;
  timeoutSeconds: number;
  retrySchedule: string;
  expectedStatuses: string;
  headerNames: string[];
  /** What stands for the stored value of a header. */
  headerMask: string;
};

type AdvancedFieldsProps = {
  values: AdvancedValues;
  usualSchedule: number[];
  now: string;
  zone: string;
  open: boolean;
};

const NAMES = ["description", "customer", "format", "timeoutSeconds", "retrySchedule", "expectedStatuses", "headers"];

/** What rarely needs touching, folded, with its present values in the summary line. */
export function AdvancedFields({ values, usualSchedule, now, zone, open }: AdvancedFieldsProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const { state } = useFormContext();
  const wrong = state.status === "invalid" && NAMES.some((name) => state.errors[name]?.length);
  // A message nobody sees is no message.
  useEffect(() => {
    if (wrong && details.current) details.current.open = true;
  }, [wrong]);
  return (
    <details ref={details} open={open || wrong} className="group/advanced rounded-card border">
      <summary className="grid cursor-pointer list-none grid-cols-[16px_minmax(0,1fr)] items-start gap-2.5 px-3 py-2.5 text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight {...ICON_16} className="mt-0.5 text-fg-3 group-open/advanced:rotate-90" />
        <span>
          <span className="font-medium">Advanced</span>
          <span className="mt-0.5 block text-fg-3 text-xs">
            <Summary values={values} usualSchedule={usualSchedule} />
          </span>
        </span>
      </summary>
      <div className="grid gap-4 border-t px-3 py-4">
        <div className="grid grid-cols-2 items-start gap-4 max-md:grid-cols-1">
          <Field
            name="description"
            label="Description"
            optional
            hint="What people call it. Without one its host stands in lists."
          >
            <Input defaultValue={values.description} maxLength={200} />
          </Field>
          <Field
            name="customer"
            label="Customer"
            optional
            hint="Your own id of the customer whose events it gets. Empty: of all."
          >
            <Input mono defaultValue={values.customer} autoCapitalize="off" />
          </Field>
          <Field
            name="format"
            label="Format"
            hint="Envelope: type, timestamp and data. Raw: your payload, byte for byte."
          >
            <Select defaultValue={values.format}>
              <option value="envelope">Envelope</option>
              <option value="raw">Raw</option>
            </Select>
          </Field>
          <Field name="timeoutSeconds" label="Timeout in seconds" hint="1 to 60, from look-up to the last byte.">
            <Input mono inputMode="numeric" defaultValue={values.timeoutSeconds} />
          </Field>
        </div>
        <ScheduleField schedule={values.retrySchedule} usual={usualSchedule} now={now} zone={zone} />
        <Field
          name="expectedStatuses"
          label="Expected statuses"
          optional
          hint="Separated by commas, such as 200, 202. Empty: any 2xx counts as delivered."
        >
          <Input mono defaultValue={values.expectedStatuses} placeholder="any 2xx" />
        </Field>
        <HeaderRows names={values.headerNames} mask={values.headerMask} />
      </div>
    </details>
  );
}

function Summary({ values, usualSchedule }: { values: AdvancedValues; usualSchedule: number[] }) {
  const waits = useSchedule(values.retrySchedule, usualSchedule);
  const statuses = useLiveValue("expectedStatuses", values.expectedStatuses).trim();
  const headers = useLiveValues("headers.name", values.headerNames).filter(Boolean).length;
  const customer = useLiveValue("customer", values.customer).trim();
  const parts = [
    useLiveValue("format", values.format),
    `${useLiveValue("timeoutSeconds", String(values.timeoutSeconds)) || "15"} s timeout`,
    waits ? describeSchedule(waits) : "schedule not readable",
    statuses ? `success is ${statuses}` : "any 2xx is success",
    headers === 0 ? "no extra headers" : headers === 1 ? "1 extra header" : `${headers} extra headers`,
    customer ? `customer ${customer}` : "events of all customers",
  ];
  return parts.join(" · ");
}
