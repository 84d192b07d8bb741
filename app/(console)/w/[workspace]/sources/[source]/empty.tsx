import { Inbox, SearchX } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { fullTime } from "@/components/ui/format-time";
import { queryOf, type RequestSearch } from "./filter";

type NoRequestsProps = {
  action: string;
  search: RequestSearch;
  zone: string;
  /** Nothing has ever come. */
  isNew: boolean;
  searchedBack: { to: Date; href: string } | null;
};

/** Nothing came yet, nothing is quarantined, or nothing is like that: different sentences. */
export function NoRequests({ action, search, zone, isNew, searchedBack }: NoRequestsProps) {
  if (isNew) {
    return (
      <EmptyState ghost icon={Inbox} title="Waiting for the first request…" className="m-4 ml-(--gutter)">
        Whatever is posted to the URL above stands here at once, accepted or not.
      </EmptyState>
    );
  }
  const isQuarantine = queryOf(search) === "verdict=quarantined";
  if (isQuarantine && !searchedBack) {
    return (
      <EmptyState icon={Inbox} title="Nothing is quarantined" className="m-4 ml-(--gutter)">
        Requests that prove nothing, or cannot be read, are kept here until they are.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={searchedBack ? "Nothing found so far" : "No request matches these filters"}
      className="m-4 ml-(--gutter)"
      action={
        <>
          {searchedBack && (
            <LinkButton href={searchedBack.href} prefetch={false} variant="primary">
              Search further back
            </LinkButton>
          )}
          <LinkButton href={action}>Clear filters</LinkButton>
        </>
      }
    >
      {searchedBack && `Searched back to ${fullTime(searchedBack.to, zone)}.`}
    </EmptyState>
  );
}
