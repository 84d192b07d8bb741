import { Inbox, SearchX } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { fullTime } from "@/components/ui/format-time";
import { readerZone } from "@/components/ui/time";
import { listDeliveries } from "@/lib/reports/deliveries.ts";
import type { FilterChoices } from "@/lib/reports/filter-choices.ts";
import { type DeliverySearch, queryOf, rangeOf } from "./filter";
import { searchWords } from "./pills";

type NoDeliveriesProps = {
  workspaceId: string;
  slug: string;
  search: DeliverySearch;
  choices: FilterChoices;
  /** How far back the search came in its time, where it did not come to the end. */
  searchedBack: { to: Date; href: string } | null;
};

/** Nothing at all yet, or nothing under these filters: two different sentences. */
export async function NoDeliveries({ workspaceId, slug, search, choices, searchedBack }: NoDeliveriesProps) {
  const { rows } = await listDeliveries(workspaceId, {}, { limit: 1 });
  const href = (change: Partial<DeliverySearch>) => `/w/${slug}/deliveries?${queryOf(search, change)}`;
  if (rows.length === 0) {
    return (
      <EmptyState
        ghost
        className="mx-(--gutter)"
        icon={Inbox}
        title="No deliveries yet"
        action={
          <>
            <LinkButton variant="primary" href={`/w/${slug}/get-started`}>
              Send a demo delivery
            </LinkButton>
            <LinkButton href={`/w/${slug}/endpoints`}>Endpoints</LinkButton>
          </>
        }
      >
        One stands here for every endpoint that wants an event, from the moment the event is accepted.
      </EmptyState>
    );
  }
  const range = rangeOf(search);
  const zone = await readerZone();
  return (
    <EmptyState
      ghost
      className="mx-(--gutter)"
      icon={SearchX}
      title={searchedBack ? "Nothing found so far" : "No delivery matches these filters"}
      action={
        <>
          {searchedBack && (
            <LinkButton href={searchedBack.href} prefetch={false} variant="primary">
              Search further back
            </LinkButton>
          )}
          {!searchedBack && range && range !== "7d" && range !== "30d" && range !== "all" && (
            <LinkButton href={href({ range: "7d" })}>Search the last 7 days</LinkButton>
          )}
          <LinkButton href={`/w/${slug}/deliveries?range=24h`}>Clear filters</LinkButton>
        </>
      }
    >
      Looked for: {searchWords(search, choices, zone)}.{" "}
      {searchedBack && `Searched back to ${fullTime(searchedBack.to, zone)}.`}
    </EmptyState>
  );
}
