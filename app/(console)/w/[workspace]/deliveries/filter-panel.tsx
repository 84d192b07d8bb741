import Form from "next/form";
import { Button } from "@/components/ui/button";
import { Field, Fieldset } from "@/components/ui/field";
import { Checkbox, Input, Select } from "@/components/ui/input";
import { DELIVERY_LOOKS } from "@/components/ui/status-badge";
import { OUTCOME_WORDS } from "@/lib/delivery/outcome-words.ts";
import { OUTCOMES } from "@/lib/delivery/outcomes.ts";
import { formatId } from "@/lib/ids.ts";
import type { FilterChoices } from "@/lib/reports/filter-choices.ts";
import { RANGES } from "../list-address";
import { type DeliverySearch, FILTER_STATUSES, rangeOf } from "./filter";

export const PANEL_ID = "delivery-filter";

type FilterPanelProps = { slug: string; search: DeliverySearch; choices: FilterChoices };

/** A GET form in a popover: what it asks for becomes the list's address, with or without scripts. */
export function FilterPanel({ slug, search, choices }: FilterPanelProps) {
  return (
    <div
      id={PANEL_ID}
      popover="auto"
      className="popover top-36 left-(--gutter) w-80 max-w-[calc(100vw-32px)] md:left-20 xl:left-64"
    >
      <Form action={`/w/${slug}/deliveries`} className="grid gap-4 p-3" key={JSON.stringify(search)}>
        <Fieldset name="status" label="Status">
          <div className="grid grid-cols-2">
            {FILTER_STATUSES.map((status) => (
              <Checkbox
                key={status}
                name="status"
                value={status}
                label={DELIVERY_LOOKS[status].word}
                defaultChecked={search.status.includes(status)}
              />
            ))}
          </div>
        </Fieldset>
        <Field name="type" label="Event type">
          <Input defaultValue={search.type} list="known-types" autoComplete="off" placeholder="Any" maxLength={128} />
        </Field>
        <datalist id="known-types">
          {choices.eventTypes.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Field name="endpoint" label="Endpoint">
          <Select defaultValue={search.endpoint ?? ""}>
            <option value="">Any</option>
            {choices.endpoints.map(({ id, url, description }) => (
              <option key={id} value={formatId("ep", id)}>
                {description ? `${description} (${url})` : url}
              </option>
            ))}
          </Select>
        </Field>
        <div className="grid grid-cols-[minmax(0,1fr)_112px] gap-3">
          <Field name="outcome" label="Last attempt">
            <Select defaultValue={search.outcome ?? ""}>
              <option value="">Any</option>
              {OUTCOMES.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {OUTCOME_WORDS[outcome]}
                </option>
              ))}
            </Select>
          </Field>
          <Field name="code" label="Status code">
            <Input
              mono
              defaultValue={search.code}
              inputMode="numeric"
              autoComplete="off"
              placeholder="Any"
              maxLength={3}
            />
          </Field>
        </div>
        <Field name="range" label="Created">
          <Select defaultValue={rangeOf(search) ?? "24h"}>
            {Object.entries(RANGES).map(([range, { label }]) => (
              <option key={range} value={range}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        {search.event && <input type="hidden" name="event" value={search.event} />}
        <Button type="submit" variant="primary">
          Apply
        </Button>
      </Form>
    </div>
  );
}
