"use client";

import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { useLiveValue, useLiveValues } from "@/components/ui/live-form";
import { FORMATS, type Format, METHODS, type Method } from "@/lib/endpoints/states.ts";
import { FieldPair, Fold } from "./fold";
import { FORMAT_WORDS } from "./format-words";
import { HeaderRows } from "./header-rows";

export type RequestValues = {
  method: Method;
  format: Format;
  timeoutSeconds: number;
  expectedStatuses: string;
  headerNames: string[];
  /** What stands for the stored value of a header. */
  headerMask: string;
};

const NAMES = ["method", "format", "timeoutSeconds", "expectedStatuses", "headers"];

/** The call that is made: how the event is written, what goes with it, and which answer counts. */
export function RequestFold({ values }: { values: RequestValues }) {
  return (
    <Fold title="Delivery" summary={<Summary values={values} />} names={NAMES} open={isSet(values)}>
      <FieldPair>
        <Field name="method" label="Method">
          <Select defaultValue={values.method}>
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </Select>
        </Field>
        <Field name="format" label="Format" hint={<FormatHint format={values.format} />}>
          <Select defaultValue={values.format}>
            {FORMATS.map((format) => (
              <option key={format} value={format}>
                {FORMAT_WORDS[format].label}
              </option>
            ))}
          </Select>
        </Field>
        <Field name="timeoutSeconds" label="Timeout in seconds" hint="1 to 60, from look-up to the last byte.">
          <Input mono inputMode="numeric" defaultValue={values.timeoutSeconds} />
        </Field>
        <Field
          name="expectedStatuses"
          label="Expected statuses"
          optional
          hint="Such as 200, 202. Empty: any 2xx counts as delivered."
        >
          <Input mono defaultValue={values.expectedStatuses} placeholder="any 2xx" />
        </Field>
      </FieldPair>
      <HeaderRows names={values.headerNames} mask={values.headerMask} />
    </Fold>
  );
}

function isSet(values: RequestValues): boolean {
  return values.format !== "envelope" || values.method !== "POST" || values.headerNames.length > 0;
}

function FormatHint({ format }: { format: Format }) {
  const chosen = useLiveValue("format", format) as Format;
  return FORMAT_WORDS[chosen]?.hint ?? null;
}

function Summary({ values }: { values: RequestValues }) {
  const statuses = useLiveValue("expectedStatuses", values.expectedStatuses).trim();
  const headers = useLiveValues("headers.name", values.headerNames).filter(Boolean).length;
  const format = useLiveValue("format", values.format) as Format;
  const parts = [
    useLiveValue("method", values.method),
    FORMAT_WORDS[format]?.label.toLowerCase() ?? format,
    `${useLiveValue("timeoutSeconds", String(values.timeoutSeconds)) || "15"} s timeout`,
    statuses ? `success is ${statuses}` : "any 2xx is success",
    headers === 0 ? "no extra headers" : headers === 1 ? "1 extra header" : `${headers} extra headers`,
  ];
  return parts.join(" · ");
}
