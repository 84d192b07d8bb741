import { ListFilter } from "lucide-react";
import Form from "next/form";
import { FilterPill } from "@/components/deliveries/filter-pill";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ICON_14 } from "@/components/ui/icon-size";
import { Input, Select } from "@/components/ui/input";
import { RANGES } from "../list-address";
import { type EventSearch, queryOf } from "./filter";

const PANEL_ID = "event-filter";

type ToolbarProps = { slug: string; search: EventSearch; eventTypes: string[] };

/** The filters in force, each removable, and the panel that changes them. */
export function EventToolbar({ slug, search, eventTypes }: ToolbarProps) {
  const without = (change: Partial<EventSearch>) => `/w/${slug}/events?${queryOf(search, change)}`;
  const words = [
    ["type", "Type"],
    ["customer", "Customer"],
    ["key", "Idempotency key"],
  ] as const;
  return (
    <div className="relative flex min-h-11 flex-wrap items-center gap-2 py-2">
      {search.range !== "all" && (
        <FilterPill popover={PANEL_ID} removeHref={without({ range: "all" })}>
          {RANGES[search.range].label}
        </FilterPill>
      )}
      {words.map(
        ([name, label]) =>
          search[name] && (
            <FilterPill key={name} name={label} popover={PANEL_ID} removeHref={without({ [name]: undefined })}>
              {search[name]}
            </FilterPill>
          ),
      )}
      <Button size="sm" variant="quiet" popoverTarget={PANEL_ID}>
        <ListFilter {...ICON_14} />
        Filter
      </Button>
      <FilterPanel slug={slug} search={search} eventTypes={eventTypes} />
    </div>
  );
}

/** A GET form in a popover: what it asks for becomes the list's address, with or without scripts. */
function FilterPanel({ slug, search, eventTypes }: ToolbarProps) {
  return (
    <div
      id={PANEL_ID}
      popover="auto"
      className="popover top-44 left-(--gutter) w-80 max-w-[calc(100vw-32px)] md:left-20 xl:left-64"
    >
      <Form action={`/w/${slug}/events`} className="grid gap-4 p-3" key={JSON.stringify(search)}>
        <Field name="type" label="Event type">
          <Input defaultValue={search.type} list="known-types" autoComplete="off" placeholder="Any" maxLength={128} />
        </Field>
        <datalist id="known-types">
          {eventTypes.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Field name="customer" label="Customer">
          <Input defaultValue={search.customer} autoComplete="off" placeholder="Any" maxLength={256} />
        </Field>
        <Field name="key" label="Idempotency key">
          <Input mono defaultValue={search.key} autoComplete="off" placeholder="Any" maxLength={256} />
        </Field>
        <Field name="range" label="Accepted">
          <Select defaultValue={search.range}>
            {Object.entries(RANGES).map(([range, { label }]) => (
              <option key={range} value={range}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" variant="primary">
          Apply
        </Button>
      </Form>
    </div>
  );
}
