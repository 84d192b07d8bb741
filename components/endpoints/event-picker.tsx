"use client";

import { Field, Fieldset } from "@/components/ui/field";
import { formatCount, formatNumber } from "@/components/ui/format";
import { Input, Radio } from "@/components/ui/input";
import { useLiveValue, useLiveValues } from "@/components/ui/live-form";
import { extraPatterns, type TreeType, wantedTypes } from "@/lib/endpoints/subscription-tree.ts";
import { EventTree } from "./event-tree";

type EventPickerProps = { types: TreeType[]; subscriptions: string[] };

/** Which events an endpoint wants. The tree shows only for a choice, by style alone, so no script is needed. */
export function EventPicker({ types, subscriptions }: EventPickerProps) {
  const all = subscriptions.length === 0;
  return (
    <Fieldset name="subscriptions" label={<PickerLabel types={types} subscriptions={subscriptions} />}>
      <div className="group/events grid gap-2">
        <div className="flex flex-wrap gap-x-6 gap-y-1">
          <Radio name="events" value="all" defaultChecked={all} label="All event types, and future ones" />
          <Radio name="events" value="chosen" defaultChecked={!all} label="Only these" />
        </div>
        <div className="grid gap-3 group-has-[[value=all]:checked]/events:hidden">
          {types.length > 0 && <EventTree types={types} subscriptions={subscriptions} />}
          <Field
            name="patterns"
            label="Other names or patterns"
            optional
            hint={
              <>
                Separated by commas, for types that do not exist yet or a deeper prefix. <code>order.line.*</code> means
                every type below <code>order.line</code>.
              </>
            }
          >
            <Input mono defaultValue={extraPatterns(types, subscriptions).join(", ")} autoCapitalize="off" />
          </Field>
        </div>
      </div>
    </Fieldset>
  );
}

function PickerLabel({ types, subscriptions }: EventPickerProps) {
  const wanted = useWantedTypes(types, subscriptions);
  const perDay = wanted.reduce((sum, type) => sum + type.perDay, 0);
  return (
    <>
      Events
      <span className="ml-auto font-normal text-fg-3 text-xs tabular-nums">
        {formatCount(wanted.length, "type")} now
        {perDay > 0 && `, about ${formatNumber(perDay)} a day`}
      </span>
    </>
  );
}

/** The types that the form, as it stands, subscribes to. */
export function useWantedTypes<T extends { name: string }>(types: T[], subscriptions: string[]): T[] {
  const events = useLiveValue("events", subscriptions.length === 0 ? "all" : "chosen");
  const chosen = useLiveValues("subscriptions", subscriptions);
  const patterns = useLiveValue("patterns", "")
    .split(/[\s,]+/)
    .filter(Boolean);
  if (events === "all") return types;
  const wanted = [...chosen, ...patterns];
  return wanted.length > 0 ? wantedTypes(types, wanted) : [];
}
