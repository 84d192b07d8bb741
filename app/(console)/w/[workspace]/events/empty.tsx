import { SearchX, Zap } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { fullTime } from "@/components/ui/format-time";
import { listEvents } from "@/lib/reports/events.ts";
import { type EventSearch, queryOf, rangeOf } from "./filter";
import { searchWords } from "./pills";

type NoEventsProps = {
  workspaceId: string;
  slug: string;
  search: EventSearch;
  zone: string;
  /** How far back the search came in its time, where it did not come to the end. */
  searchedBack: { to: Date; href: string } | null;
};

/** Nothing at all yet, or nothing under these filters: two different sentences. */
export async function NoEvents({ workspaceId, slug, search, zone, searchedBack }: NoEventsProps) {
  const { rows } = await listEvents(workspaceId, {}, { limit: 1 });
  if (rows.length === 0) {
    return (
      <EmptyState
        ghost
        icon={Zap}
        title="No events yet"
        action={
          <LinkButton variant="primary" href={`/w/${slug}/get-started`}>
            Post the first event
          </LinkButton>
        }
      >
        Whatever your app posts to /api/v1/events stands here, with every delivery that was made of it.
      </EmptyState>
    );
  }
  const range = rangeOf(search);
  const short = range === "15m" || range === "1h" || range === "24h";
  const week = { range: "7d", from: undefined, to: undefined } as const;
  return (
    <EmptyState
      ghost
      icon={SearchX}
      title={searchedBack ? "Nothing found so far" : "No event matches these filters"}
      action={
        <>
          {searchedBack && (
            <LinkButton href={searchedBack.href} prefetch={false} variant="primary">
              Search further back
            </LinkButton>
          )}
          {!searchedBack && short && (
            <LinkButton href={`/w/${slug}/events?${queryOf(search, week)}`}>Search the last 7 days</LinkButton>
          )}
          <LinkButton href={`/w/${slug}/events`}>Clear filters</LinkButton>
        </>
      }
    >
      Looked for: {searchWords(search, zone)}. {searchedBack && `Searched back to ${fullTime(searchedBack.to, zone)}.`}
    </EmptyState>
  );
}
