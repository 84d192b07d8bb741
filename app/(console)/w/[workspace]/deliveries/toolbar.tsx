import { Clock, ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { FilterPill } from "@/components/deliveries/filter-pill";
import { NewerRows } from "@/components/deliveries/live-rows";
import { HiddenParameters } from "@/components/search/hidden-parameters";
import { PanelKeys } from "@/components/search/panel-keys";
import { SearchField } from "@/components/search/search-field";
import { SearchProblems } from "@/components/search/search-problems";
import { TimePanel } from "@/components/search/time-panel";
import { Button } from "@/components/ui/button";
import { zoneName } from "@/components/ui/format-time";
import { ICON_14 } from "@/components/ui/icon-size";
import { readerZone } from "@/components/ui/time";
import type { FilterChoices } from "@/lib/reports/filter-choices.ts";
import { DELIVERY_FIELDS } from "@/lib/search/delivery-fields.ts";
import { readSearch } from "@/lib/search/read-search.ts";
import { dateField, RANGE_NAMES, RANGES } from "../list-address";
import { type DeliverySearch, queryOf, rangeOf } from "./filter";
import { FilterPanel, PANEL_ID } from "./filter-panel";
import { pillsOf, timeWords } from "./pills";

const TIME_PANEL_ID = "delivery-time";

type ToolbarProps = {
  slug: string;
  search: DeliverySearch;
  choices: FilterChoices;
  /** What the address says beside the filters, such as columns, as a query. */
  view?: string;
  /** On the right: what changes the look of the list. */
  children?: ReactNode;
};

/** The search box, the filters in force, each removable, and the panels that change them. */
export async function Toolbar({ slug, search, choices, view = "", children }: ToolbarProps) {
  const zone = await readerZone();
  const action = `/w/${slug}/deliveries`;
  const query = (change: Partial<DeliverySearch>) => [queryOf(search, change), view].filter(Boolean).join("&");
  const href = (change: Partial<DeliverySearch>) => `${action}?${query(change)}`;
  const range = rangeOf(search);
  const anyTime = { range: "all", from: undefined, to: undefined } as const;

  return (
    <div className="page-x pb-2">
      <div className="relative flex min-h-9 flex-wrap items-center gap-2">
        <SearchField
          action={action}
          label="Search deliveries"
          placeholder="ID, text or field:value, e.g. code:5xx"
          text={search.q ?? ""}
          clearHref={href({ q: undefined })}
          suggestHref={`${action}/suggest?${query({})}`}
        >
          <HiddenParameters query={query({})} except={["q"]} />
        </SearchField>
        {range === "all" ? (
          <Button size="sm" variant="quiet" popoverTarget={TIME_PANEL_ID}>
            <Clock {...ICON_14} />
            {RANGES.all.label}
          </Button>
        ) : (
          <FilterPill label="time" popover={TIME_PANEL_ID} removeHref={href(anyTime)}>
            {timeWords(search, zone)}
          </FilterPill>
        )}
        {pillsOf(search, choices).map(({ name, words, without }) => (
          <FilterPill key={name + words} name={name} popover={PANEL_ID} removeHref={href(without)}>
            {words}
          </FilterPill>
        ))}
        <Button size="sm" variant="quiet" popoverTarget={PANEL_ID} className="max-md:hidden">
          <ListFilter {...ICON_14} />
          Filter
        </Button>
        <span className="ml-auto flex items-center gap-1">
          <NewerRows />
          {children}
        </span>
        <FilterPanel slug={slug} search={search} choices={choices} query={query({})} />
        <TimePanel
          id={TIME_PANEL_ID}
          action={action}
          presets={RANGE_NAMES.map((name) => ({
            name,
            label: RANGES[name].label,
            href: href({ ...anyTime, range: name }),
            current: name === range,
          }))}
          from={dateField(search.from, zone)}
          to={dateField(search.to, zone)}
          zone={zoneName(zone)}
          query={query({})}
        />
        <PanelKeys filter={PANEL_ID} time={TIME_PANEL_ID} />
      </div>
      <SearchProblems problems={search.q ? readSearch(search.q, DELIVERY_FIELDS).problems : []} />
    </div>
  );
}
