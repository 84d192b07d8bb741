import Form from "next/form";
import { HiddenParameters } from "@/components/search/hidden-parameters";
import { PANEL_PLACE } from "@/components/search/panel-place";
import { Button, LinkButton } from "@/components/ui/button";
import { Field, Fieldset } from "@/components/ui/field";
import { Checkbox, Input, Select } from "@/components/ui/input";
import { DELIVERY_LOOKS } from "@/components/ui/status-badge";
import { OUTCOME_WORDS } from "@/lib/delivery/outcome-words.ts";
import { OUTCOMES } from "@/lib/delivery/outcomes.ts";
import { formatId } from "@/lib/ids.ts";
import type { FilterChoices } from "@/lib/reports/filter-choices.ts";
import { FILTER_STATUSES } from "@/lib/search/delivery-fields.ts";
import type { DeliverySearch } from "./filter";

export const PANEL_ID = "delivery-filter";

/** What this form has fields for. */
const FIELDS = ["status", "type", "endpoint", "customer", "outcome", "code", "attempts"];

type FilterPanelProps = {
  slug: string;
  search: DeliverySearch;
  choices: FilterChoices;
  /** The list's address after the `?`. */
  query: string;
};

/** A GET form in a popover: what it asks for becomes the list's address, with or without scripts. */
export function FilterPanel({ slug, search, choices, query }: FilterPanelProps) {
  return (
    <div id={PANEL_ID} popover="auto" className={PANEL_PLACE}>
      <Form action={`/w/${slug}/deliveries`} className="grid gap-4 p-3" key={query}>
        <HiddenParameters query={query} except={FIELDS} />
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
          <Input
            defaultValue={search.type}
            list="known-types"
            autoComplete="off"
            placeholder="Any, or order.*"
            maxLength={128}
          />
        </Field>
        <datalist id="known-types">
          {choices.eventTypes.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <EndpointField search={search} choices={choices} />
        <Field name="customer" label="Customer">
          <Input defaultValue={search.customer} autoComplete="off" placeholder="Any" maxLength={256} />
        </Field>
        <div className="grid grid-cols-[minmax(0,1fr)_88px_88px] gap-3">
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
          <Field name="code" label="Code">
            <Input mono defaultValue={search.code} autoComplete="off" placeholder="5xx" maxLength={3} />
          </Field>
          <Field name="attempts" label="Attempts">
            <Input mono defaultValue={search.attempts} autoComplete="off" placeholder=">3" maxLength={11} />
          </Field>
        </div>
        <div className="grid grid-cols-2 gap-2">
          <LinkButton href={`/w/${slug}/deliveries`}>Clear all</LinkButton>
          <Button type="submit" variant="primary">
            Apply
          </Button>
        </div>
      </Form>
    </div>
  );
}

/** One of those there are; what was typed instead, or is not among the choices, stays one of them. */
function EndpointField({ search: { endpoint }, choices }: Pick<FilterPanelProps, "search" | "choices">) {
  const known = choices.endpoints.map(({ id, url, description }) => ({
    value: formatId("ep", id),
    label: description ? `${description} (${url})` : url,
  }));
  const other = endpoint && !known.some(({ value }) => value === endpoint);
  return (
    <Field name="endpoint" label="Endpoint">
      <Select defaultValue={endpoint ?? ""}>
        <option value="">Any</option>
        {other && <option value={endpoint}>{endpoint}</option>}
        {known.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
