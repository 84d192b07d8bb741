import { InboxRow } from "@/components/requests/inbox-row";
import type { SourceFacts } from "@/components/requests/verdict";
import { SearchedBack } from "@/components/search/searched-back";
import { formatNumber } from "@/components/ui/format";
import { calendarDay } from "@/components/ui/format-time";
import { Pagination } from "@/components/ui/pagination";
import { formatId } from "@/lib/ids.ts";
import type { RequestPage } from "@/lib/reports/requests.ts";
import { NoRequests } from "./empty";
import { paneQuery, queryOf, type RequestSearch } from "./filter";

type InboxProps = {
  action: string;
  search: RequestSearch;
  list: RequestPage;
  source: SourceFacts;
  zone: string;
  now: Date;
  /** Whether anything ever came. */
  isNew: boolean;
};

/** The rows, the newest first, with the day where it changes; and the pages beside this one. */
export function InboxList({ action, search, list, source, zone, now, isNew }: InboxProps) {
  const older = list.next && `${action}?${queryOf(search, { before: formatId("req", list.next) })}`;
  const newer = list.previous && `${action}?${queryOf(search, { after: formatId("req", list.previous) })}`;
  const searchedBack = list.searchedTo && older ? { to: list.searchedTo, href: older } : null;
  if (list.rows.length === 0)
    return <NoRequests action={action} search={search} zone={zone} isNew={isNew} searchedBack={searchedBack} />;
  let day = calendarDay(now, zone, now);
  return (
    <>
      {/* Another page starts at its top. */}
      <ol
        key={queryOf(search, { before: search.before, after: search.after })}
        data-inbox-scroll
        aria-label="Requests"
        className="min-h-0 flex-1 md:overflow-y-auto md:scroll-py-8"
      >
        {list.rows.map((row) => {
          const its = calendarDay(row.receivedAt, zone, now);
          const isOther = its !== day;
          day = its;
          const id = formatId("req", row.id);
          return (
            <InboxRow
              key={row.id}
              request={row}
              source={source}
              href={`${action}?${paneQuery(search, { sel: id })}`}
              current={search.sel === id}
              zone={zone}
              day={isOther ? its : null}
            />
          );
        })}
      </ol>
      {(older || newer) && (
        <Pagination className="flex-none border-t pr-3 pl-(--gutter)" previous={newer} next={older}>
          <span>{formatNumber(list.rows.length)} shown</span>
          {searchedBack && <SearchedBack zone={zone} {...searchedBack} />}
        </Pagination>
      )}
    </>
  );
}
