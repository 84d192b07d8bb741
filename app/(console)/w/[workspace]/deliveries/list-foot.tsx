import { SearchedBack } from "@/components/search/searched-back";
import { formatNumber } from "@/components/ui/format";
import { calendarDay, clockMinute, zoneName } from "@/components/ui/format-time";
import { Pagination } from "@/components/ui/pagination";

type ListFootProps = {
  rows: number;
  /** How many are on newer pages; null when too many to count. */
  newer: number | null;
  total: { count: number; atLeast: boolean };
  span: { from: Date; to: Date } | null;
  zone: string;
  previous: string | null;
  next: string | null;
  /** How far back the search came in its time, where it did not come to the end. */
  searchedBack: { to: Date; href: string } | null;
};

/** `1–50 of 214`, the time the list covers, and the pages beside this one. */
export function ListFoot({ rows, newer, total, span, zone, previous, next, searchedBack }: ListFootProps) {
  const of = `of ${formatTotal(total)}`;
  const shown =
    newer === null ? `${formatNumber(rows)} ${of}` : `${formatNumber(newer + 1)}–${formatNumber(newer + rows)} ${of}`;
  return (
    <Pagination
      className="page-x sticky bottom-0 z-3 mt-auto border-t bg-bg max-md:static max-md:pb-20 split:static split:pr-3"
      previous={previous}
      next={next}
    >
      <span className="text-fg">{shown}</span>
      {searchedBack ? (
        <SearchedBack zone={zone} {...searchedBack} />
      ) : (
        span && <span className="max-md:hidden">{spanText(span, zone)}</span>
      )}
    </Pagination>
  );
}

/** `12 418`, `10 000+` where counting stopped. */
export function formatTotal({ count, atLeast }: { count: number; atLeast: boolean }): string {
  return `${formatNumber(count)}${atLeast ? "+" : ""}`;
}

/** `13 Oct 10:41 – 14 Oct 10:41 UTC` */
function spanText({ from, to }: { from: Date; to: Date }, zone: string): string {
  const [start, end] = [from, to].map((at) => `${calendarDay(at, zone)} ${clockMinute(at, zone)}`);
  return `${start} – ${end} ${zoneName(zone, to)}`;
}
