import { DeliveryRows } from "@/components/deliveries/delivery-rows";
import { DeliveryTable } from "@/components/deliveries/delivery-table";
import { RowMenu } from "@/components/deliveries/row-menu";
import type { DeliveryRowView } from "@/components/deliveries/row-view";
import { SelectionBar } from "@/components/deliveries/selection-bar";
import { formatId } from "@/lib/ids.ts";
import type { Actor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { retryDeliveryAction } from "./actions";
import { NoDeliveries } from "./empty";
import type { DeliverySearch } from "./filter";
import { formatTotal, ListFoot } from "./list-foot";
import type { LoadedList } from "./load-list";

type ListProps = {
  actor: Actor;
  search: DeliverySearch;
  loaded: LoadedList;
  rows: DeliveryRowView[];
  query: string;
  hrefOf: (panel: Record<string, string | undefined>, cursor?: { before?: string; after?: string }) => string;
};

/** The rows, their head, their foot, and the bar over it once some are picked. */
export function List({ actor, search, loaded, rows, query, hrefOf }: ListProps) {
  const { list, total, newer, columns, filter, zone, now } = loaded;
  const { id, slug } = actor.workspace;
  const mayRetry = can(actor.role, "retry");
  const older = list.next && hrefOf({}, { before: formatId("dlv", list.next) });
  const searchedBack = list.searchedTo && older ? { to: list.searchedTo, href: older } : null;
  if (rows.length === 0) {
    return (
      <section aria-label="List" className="min-w-0 flex-1 py-4">
        <NoDeliveries
          workspaceId={id}
          slug={slug}
          search={search}
          choices={loaded.choices}
          searchedBack={searchedBack}
        />
      </section>
    );
  }
  return (
    <section
      aria-label="List"
      className="group/desk @container/list relative min-w-0 flex-1 md:flex md:flex-col split:min-h-0"
    >
      {/* Another page starts at its top. */}
      <div
        key={hrefOf({})}
        data-list-scroll
        className="split:min-h-0 split:flex-1 split:scroll-pt-10 split:scroll-pb-12 split:overflow-y-auto"
      >
        <DeliveryTable zone={zone} day={rows[0]?.created.day ?? ""} columns={columns}>
          <DeliveryRows slug={slug} retry={mayRetry ? retryDeliveryAction : null} columns={columns} />
        </DeliveryTable>
      </div>
      <ListFoot
        rows={rows.length}
        newer={newer}
        total={total}
        span={filter.from ? { from: filter.from, to: filter.to ?? now } : null}
        zone={zone}
        previous={list.previous && hrefOf({}, { after: formatId("dlv", list.previous) })}
        next={older}
        searchedBack={searchedBack}
      />
      <RowMenu slug={slug} query={query} mayRetry={mayRetry} />
      {mayRetry && <SelectionBar action={`/w/${slug}/jobs/new`} query={query} total={formatTotal(total)} />}
    </section>
  );
}
