"use client";

import { Field, Fieldset } from "@/components/ui/field";
import { Input, RadioGroup } from "@/components/ui/input";
import { useLiveValue } from "@/components/ui/live-form";
import type { Ordering } from "@/lib/endpoints/states.ts";
import { FieldPair, Fold } from "./fold";
import { inFlightWords, ORDERING_WORDS, rateWords } from "./limit-words";

/** Numbers as a form's text; empty = none. */
export type LimitValues = {
  rateLimit: string;
  rateBurst: string;
  maxInFlight: string;
  ordering: Ordering;
  batchSize: string;
  batchSeconds: string;
};

const NAMES = ["rateLimit", "rateBurst", "maxInFlight", "ordering", "batchSize", "batchSeconds"];

/** How fast, how many at once, in which order, and how many events in one request. What is over a limit waits in line. */
export function LimitsFold({ values }: { values: LimitValues }) {
  return (
    <Fold title="Limits and order" summary={<Summary values={values} />} names={NAMES} open={isSet(values)}>
      <FieldPair>
        <Field name="rateLimit" label="Deliveries per second" optional hint="In the long run; 0.5 is one every 2 s.">
          <Input mono inputMode="decimal" defaultValue={values.rateLimit} placeholder="no limit" />
        </Field>
        <Field
          name="rateBurst"
          label="Burst"
          optional
          hint="How many may go at once after a quiet time. Empty: the rate of one second."
        >
          <Input mono inputMode="numeric" defaultValue={values.rateBurst} />
        </Field>
        <Field
          name="maxInFlight"
          label="Calls at once"
          optional
          hint="Over all workers. Empty: as many as the receiver keeps up with."
        >
          <Input mono inputMode="numeric" defaultValue={values.maxInFlight} placeholder="the usual" />
        </Field>
      </FieldPair>
      <Fieldset name="ordering" label="Order">
        <RadioGroup
          name="ordering"
          defaultValue={values.ordering}
          options={Object.entries(ORDERING_WORDS).map(([value, words]) => ({ value, ...words }))}
        />
      </Fieldset>
      <FieldPair>
        <Field
          name="batchSize"
          label="Events in one request"
          optional
          hint="Up to so many, as a JSON array, all with one outcome. Empty: one event a request."
        >
          <Input mono inputMode="numeric" defaultValue={values.batchSize} placeholder="1" />
        </Field>
        <Field
          name="batchSeconds"
          label="Gather for, in seconds"
          optional
          hint="What has gathered by then is sent, even if it is fewer. Empty: 5 s."
        >
          <Input mono inputMode="numeric" defaultValue={values.batchSeconds} placeholder="5" />
        </Field>
      </FieldPair>
    </Fold>
  );
}

function isSet({ ordering, rateLimit, maxInFlight, batchSize }: LimitValues): boolean {
  return ordering !== "best_effort" || [rateLimit, maxInFlight, batchSize].some((text) => text !== "");
}

function Summary({ values }: { values: LimitValues }) {
  const rate = useLiveValue("rateLimit", values.rateLimit).trim();
  const inFlight = useLiveValue("maxInFlight", values.maxInFlight).trim();
  const ordering = useLiveValue("ordering", values.ordering);
  const batch = useLiveValue("batchSize", values.batchSize).trim();
  const parts = [
    rateWords(rate || null),
    inFlightWords(inFlight || null),
    ordering === "strict" ? "strict order" : "best-effort order",
    batch ? `up to ${batch} events a request` : "one event a request",
  ];
  return parts.join(" · ");
}
