import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DeliveryTable } from "@/components/deliveries/delivery-table";
import { DeliveryRows, LiveRows } from "@/components/deliveries/live-rows";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { formatNumber } from "@/components/ui/format";
import { calendarDay, clockMinute, zoneName } from "@/components/ui/format-time";
import { PageHeader } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { readerZone } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import { countDeliveries } from "@/lib/reports/count-deliveries.ts";
import { listDeliveries } from "@/lib/reports/deliveries.ts";
import { listFilterChoices } from "@/lib/reports/filter-choices.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { leadDeliveriesOn } from "../lead-on";
import { retryDeliveryAction } from "./actions";
import { NoDeliveries } from "./empty";
import { asFilter, asPage, deliverySearch, queryOf } from "./filter";
import { Toolbar } from "./toolbar";

export const metadata: Metadata = { title: "Deliveries" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const asked = await searchParams;
  const elsewhere = await leadDeliveriesOn(workspace, asked);
  if (elsewhere) redirect(elsewhere);
  const search = deliverySearch.parse(asked);
  const [now, { id, slug }] = [new Date(), workspace];
  const filter = asFilter(search, now);
  const [list, total, choices, zone] = await Promise.all([
    listDeliveries(id, filter, asPage(search)),
    countDeliveries(id, filter),
    listFilterChoices(id),
    readerZone(),
  ]);
  const rows = list.rows.map((row) => deliveryRowView(row, zone, now));
  const href = (cursor: { before?: string; after?: string }) => `/w/${slug}/deliveries?${queryOf(search, cursor)}`;
  const firstPage = !search.before && !search.after;

  return (
    <LiveRows rows={rows} slug={slug} newerThan={firstPage ? queryOf(search) : null}>
      <div className="@container/list md:flex md:min-h-[calc(100dvh-var(--topbar))] md:flex-col">
        <PageHeader
          title="Deliveries"
          count={`${formatNumber(total.count)}${total.atLeast ? "+" : ""}`}
          compact
          className="page-x"
        />
        <Toolbar slug={slug} search={search} choices={choices} />
        {rows.length === 0 ? (
          <NoDeliveries workspaceId={id} slug={slug} search={search} choices={choices} />
        ) : (
          <>
            <DeliveryTable zone={zone} day={rows[0]?.created.day ?? ""}>
              <DeliveryRows slug={slug} retry={can(role, "retry") ? retryDeliveryAction : null} />
            </DeliveryTable>
            <Pagination
              className="page-x sticky bottom-0 z-3 mt-auto border-t bg-bg"
              previous={list.previous && href({ after: formatId("dlv", list.previous) })}
              next={list.next && href({ before: formatId("dlv", list.next) })}
            >
              <span>
                {formatNumber(rows.length)} shown of {formatNumber(total.count)}
                {total.atLeast && " or more"}
              </span>
              {filter.from && <span className="max-md:hidden">{spanText(filter.from, filter.to ?? now, zone)}</span>}
            </Pagination>
          </>
        )}
      </div>
    </LiveRows>
  );
}

/** `13 Oct 10:41 – 14 Oct 10:41 UTC` */
function spanText(from: Date, to: Date, zone: string): string {
  const [start, end] = [from, to].map((at) => `${calendarDay(at, zone)} ${clockMinute(at, zone)}`);
  return `${start} – ${end} ${zoneName(zone, to)}`;
}
