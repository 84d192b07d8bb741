import { SearchX, Zap } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { listEvents } from "@/lib/reports/events.ts";
import { RANGES } from "../list-address";
import { type EventSearch, queryOf } from "./filter";

type NoEventsProps = { workspaceId: string; slug: string; search: EventSearch };

/** Nothing at all yet, or nothing under these filters: two different sentences. */
export async function NoEvents({ workspaceId, slug, search }: NoEventsProps) {
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
  const { type, customer, key, range } = search;
  const looked = [
    RANGES[range].label.toLowerCase(),
    type && `type ${type}`,
    customer && `customer ${customer}`,
    key && `key ${key}`,
  ];
  return (
    <EmptyState
      ghost
      icon={SearchX}
      title="No event matches these filters"
      action={
        <>
          {(range === "1h" || range === "24h") && (
            <LinkButton href={`/w/${slug}/events?${queryOf(search, { range: "7d" })}`}>
              Search the last 7 days
            </LinkButton>
          )}
          <LinkButton href={`/w/${slug}/events`}>Clear filters</LinkButton>
        </>
      }
    >
      Looked for: {looked.filter(Boolean).join(", ")}.
    </EmptyState>
  );
}
