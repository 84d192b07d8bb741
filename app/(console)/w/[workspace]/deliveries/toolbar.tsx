import { ListFilter } from "lucide-react";
import { FilterPill } from "@/components/deliveries/filter-pill";
import { NewerRows } from "@/components/deliveries/live-rows";
import { Button } from "@/components/ui/button";
import { shortId, urlParts } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { DELIVERY_LOOKS } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { OUTCOME_WORDS } from "@/lib/delivery/outcome-words.ts";
import { formatId } from "@/lib/ids.ts";
import type { FilterChoices } from "@/lib/reports/filter-choices.ts";
import { RANGES } from "../list-address";
import { type DeliverySearch, queryOf, rangeOf } from "./filter";
import { FilterPanel, PANEL_ID } from "./filter-panel";

type ToolbarProps = { slug: string; search: DeliverySearch; choices: FilterChoices };

/** The filters in force, each removable, and the panel that changes them. */
export function Toolbar({ slug, search, choices }: ToolbarProps) {
  const without = (change: Partial<DeliverySearch>) => `/w/${slug}/deliveries?${queryOf(search, change)}`;
  const range = rangeOf(search);
  const endpoint = choices.endpoints.find(({ id }) => formatId("ep", id) === search.endpoint);
  const panel = PANEL_ID;
  return (
    <div className="page-x relative flex min-h-11 flex-wrap items-center gap-2 pb-2">
      {range && range !== "all" && (
        <FilterPill popover={panel} removeHref={without({ range: "all" })}>
          {RANGES[range].label}
        </FilterPill>
      )}
      {!range && <MomentsPill search={search} removeHref={without({ from: undefined, to: undefined, range: "all" })} />}
      {search.status.length > 0 && (
        <FilterPill name="Status" popover={panel} removeHref={without({ status: [] })}>
          {search.status.map((status) => DELIVERY_LOOKS[status].word).join(", ")}
        </FilterPill>
      )}
      {search.type && (
        <FilterPill name="Type" popover={panel} removeHref={without({ type: undefined })}>
          {search.type}
        </FilterPill>
      )}
      {search.endpoint && (
        <FilterPill name="Endpoint" popover={panel} removeHref={without({ endpoint: undefined })}>
          {endpoint ? endpoint.description || urlParts(endpoint.url).host : shortId(search.endpoint)}
        </FilterPill>
      )}
      {search.outcome && (
        <FilterPill name="Last attempt" popover={panel} removeHref={without({ outcome: undefined })}>
          {OUTCOME_WORDS[search.outcome]}
        </FilterPill>
      )}
      {search.code && (
        <FilterPill name="Code" popover={panel} removeHref={without({ code: undefined })}>
          {search.code}
        </FilterPill>
      )}
      {search.event && (
        <FilterPill name="Event" popover={panel} removeHref={without({ event: undefined })}>
          {shortId(search.event)}
        </FilterPill>
      )}
      <Button size="sm" variant="quiet" popoverTarget={panel}>
        <ListFilter {...ICON_14} />
        Filter
      </Button>
      <FilterPanel slug={slug} search={search} choices={choices} />
      <span className="ml-auto">
        <NewerRows />
      </span>
    </div>
  );
}

function MomentsPill({ search: { from, to }, removeHref }: { search: DeliverySearch; removeHref: string }) {
  return (
    <FilterPill popover={PANEL_ID} removeHref={removeHref}>
      {from && <Time at={new Date(from)} />}
      {to ? <> to {<Time at={new Date(to)} />}</> : " and later"}
    </FilterPill>
  );
}
