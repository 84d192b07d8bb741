import type { ReactNode } from "react";
import { NewerRows } from "@/components/deliveries/live-rows";
import { SearchToolbar } from "@/components/search/search-toolbar";
import { readerZone } from "@/components/ui/time";
import type { FilterChoices } from "@/lib/reports/filter-choices.ts";
import { DELIVERY_FIELDS } from "@/lib/search/delivery-fields.ts";
import { readSearch } from "@/lib/search/read-search.ts";
import { timeWords } from "../list-address";
import { ANY_TIME, timePanelOf } from "../time-presets";
import { type DeliverySearch, queryOf, rangeOf } from "./filter";
import { FilterPanel, PANEL_ID } from "./filter-panel";
import { pillsOf } from "./pills";

type ToolbarProps = {
  slug: string;
  search: DeliverySearch;
  choices: FilterChoices;
  /** What the address says beside the filters, such as columns, as a query. */
  view?: string;
  /** On the right: what changes the look of the list. */
  children?: ReactNode;
};

/** The search of the deliveries: its box, the filters in force, and the panels that change them. */
export async function Toolbar({ slug, search, choices, view = "", children }: ToolbarProps) {
  const zone = await readerZone();
  const action = `/w/${slug}/deliveries`;
  const query = (change: Partial<DeliverySearch> = {}) => [queryOf(search, change), view].filter(Boolean).join("&");
  const href = (change: Partial<DeliverySearch>) => `${action}?${query(change)}`;
  const { q, from, to } = search;
  const times = { range: rangeOf(search), from, to };
  return (
    <div className="page-x pb-2">
      <SearchToolbar
        action={action}
        query={query()}
        label="Search deliveries"
        placeholder="ID, text or field:value, e.g. code:5xx"
        text={{
          value: q ?? "",
          clearHref: href({ q: undefined }),
          problems: q ? readSearch(q, DELIVERY_FIELDS).problems : [],
        }}
        time={{ words: timeWords(times, zone), removeHref: times.range === "all" ? null : href(ANY_TIME) }}
        timePanel={timePanelOf(times, zone, href)}
        pills={pillsOf(search, choices).map(({ without, ...pill }) => ({ ...pill, removeHref: href(without) }))}
        panel={{
          id: PANEL_ID,
          content: <FilterPanel slug={slug} search={search} choices={choices} query={query()} />,
        }}
      >
        <NewerRows />
        {children}
      </SearchToolbar>
    </div>
  );
}
