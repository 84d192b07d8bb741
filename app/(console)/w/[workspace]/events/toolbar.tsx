import Form from "next/form";
import { HiddenParameters } from "@/components/search/hidden-parameters";
import { PANEL_PLACE } from "@/components/search/panel-place";
import { SearchToolbar } from "@/components/search/search-toolbar";
import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { EVENT_FIELDS } from "@/lib/search/event-fields.ts";
import { readSearch } from "@/lib/search/read-search.ts";
import { timeWords } from "../list-address";
import { ANY_TIME, timePanelOf } from "../time-presets";
import { type EventSearch, queryOf, rangeOf } from "./filter";
import { pillsOf, type SourceChoice } from "./pills";

export const PANEL_ID = "event-filter";

type ToolbarProps = {
  slug: string;
  search: EventSearch;
  eventTypes: string[];
  sources: SourceChoice[];
  zone: string;
};

/** The search of the events: its box, the filters in force, and the panels that change them. */
export function EventToolbar({ slug, search, eventTypes, sources, zone }: ToolbarProps) {
  const action = `/w/${slug}/events`;
  const href = (change: Partial<EventSearch>) => `${action}?${queryOf(search, change)}`;
  const { q, from, to } = search;
  const times = { range: rangeOf(search), from, to };
  return (
    <div className="pt-2 pb-3">
      <SearchToolbar
        action={action}
        query={queryOf(search)}
        label="Search events"
        placeholder="ID, text or field:value, e.g. body.order.id:123"
        text={{
          value: q ?? "",
          clearHref: href({ q: undefined }),
          problems: q ? readSearch(q, EVENT_FIELDS).problems : [],
        }}
        time={{ words: timeWords(times, zone), removeHref: times.range === "all" ? null : href(ANY_TIME) }}
        timePanel={timePanelOf(times, zone, href)}
        pills={pillsOf(search, sources).map(({ without, ...pill }) => ({ ...pill, removeHref: href(without) }))}
        panel={{
          id: PANEL_ID,
          content: <FilterPanel action={action} search={search} eventTypes={eventTypes} sources={sources} />,
        }}
      />
    </div>
  );
}

type FilterPanelProps = { action: string; search: EventSearch; eventTypes: string[]; sources: SourceChoice[] };

/** A GET form in a popover: what it asks for becomes the list's address, with or without scripts. */
function FilterPanel({ action, search, eventTypes, sources }: FilterPanelProps) {
  const query = queryOf(search);
  return (
    <div id={PANEL_ID} popover="auto" className={PANEL_PLACE}>
      <Form action={action} className="grid gap-4 p-3" key={query}>
        <HiddenParameters
          query={query}
          except={sources.length > 0 ? ["type", "customer", "key", "source"] : ["type", "customer", "key"]}
        />
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
        {sources.length > 0 && (
          <Field name="source" label="Source">
            <Select defaultValue={search.source}>
              <option value="">Any, or none</option>
              {sources.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <div className="grid grid-cols-2 gap-2">
          <LinkButton href={action}>Clear all</LinkButton>
          <Button type="submit" variant="primary">
            Apply
          </Button>
        </div>
      </Form>
    </div>
  );
}
