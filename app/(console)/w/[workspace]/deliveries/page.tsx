import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ListDesk } from "@/components/deliveries/list-desk";
import { ListKeys } from "@/components/deliveries/list-keys";
import { LiveRows } from "@/components/deliveries/live-rows";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { leadDeliveriesOn } from "../lead-on";
import { ColumnsMenu } from "./columns-menu";
import { type DeliverySearch, deliverySearch, queryOf, rangeOf } from "./filter";
import { PANEL_ID } from "./filter-panel";
import { List } from "./list";
import { formatTotal } from "./list-foot";
import { listView, loadViews, withColumns, withCursor, withPanel } from "./list-view";
import { loadList } from "./load-list";
import { Panel } from "./panel";
import { PhoneBar } from "./phone-bar";
import { Strip } from "./strip";
import { Toolbar } from "./toolbar";
import { ViewsMenu } from "./views-menu";

export const metadata: Metadata = { title: "Deliveries" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const actor = await requireActor((await params).workspace);
  const asked = await searchParams;
  const elsewhere = await leadDeliveriesOn(actor.workspace, asked);
  if (elsewhere) redirect(elsewhere);
  const base = `/w/${actor.workspace.slug}/deliveries`;
  const [search, view] = [deliverySearch.parse(asked), listView.parse(asked)];
  const [{ views, first }, loaded] = await Promise.all([loadViews(actor), loadList(actor, search, view)]);
  if (first?.query && Object.keys(asked).length === 0) redirect(`${base}?${first.query}`);

  const { list, total, inTime, filter, zone } = loaded;
  const query = withColumns(queryOf(search), view);
  const hrefOf = (panel: Record<string, string | undefined>, cursor: { before?: string; after?: string } = search) =>
    `${base}?${withPanel(withCursor(query, cursor), panel)}`.replace(/\?$/, "");
  const rows = list.rows.map((row) => deliveryRowView(row, zone, loaded.now));
  const { id: workspaceId, slug } = actor.workspace;
  // Where none has failed there is nothing to offer; where counting ran out of time there may be.
  const anyFailed = loaded.failed.count > 0 || loaded.failed.atLeast;
  const offersRetry = anyFailed && can(actor.role, "retry");
  const retryFailed = `/w/${slug}/jobs/new?kind=retry&${queryOf(search, { status: ["failed"] })}`;

  return (
    <LiveRows rows={rows} slug={slug} newerThan={search.before || search.after ? null : queryOf(search)}>
      <ListDesk current={view.sel ?? null} href={hrefOf({})}>
        <ListKeys />
        <div className="md:flex md:min-h-[calc(100dvh-var(--topbar))] md:flex-col split:h-[calc(100dvh-var(--topbar))]">
          <PageHeader
            title="Deliveries"
            count={inTime ? `${formatTotal(total)} of ${formatTotal(inTime)}` : formatTotal(total)}
            compact
            className="page-x"
            actions={
              <>
                <LinkButton href={`${base}/export?${queryOf(search)}`} prefetch={false} className="max-md:hidden">
                  Export…
                </LinkButton>
                {offersRetry && (
                  <LinkButton href={retryFailed} prefetch={false} className="max-md:hidden">
                    Retry failed…
                  </LinkButton>
                )}
              </>
            }
          />
          <Toolbar slug={slug} search={search} choices={loaded.choices} view={withColumns("", view)}>
            <ViewsMenu actor={actor} views={views} query={query} firstView={first?.id ?? null} />
            <ColumnsMenu
              columns={loaded.columns}
              density={loaded.density}
              back={view.cols ? `${base}?${withCursor(queryOf(search), search)}` : null}
            />
          </Toolbar>
          {rows.length > 0 && (
            <Strip
              histogram={loaded.histogram}
              zone={zone}
              href={`${base}?`}
              query={withColumns(queryOf(search, { range: undefined, from: undefined, to: undefined }), view)}
            />
          )}
          <div className="flex min-h-0 flex-1 border-t">
            <List actor={actor} search={search} loaded={loaded} rows={rows} query={queryOf(search)} hrefOf={hrefOf} />
            {view.sel && (
              <Panel
                {...{ workspaceId, slug, view, filter, total, hrefOf }}
                sel={view.sel}
                width={loaded.width}
                rows={list.rows}
              />
            )}
          </div>
          <PhoneBar
            panel={PANEL_ID}
            filters={countFilters(search)}
            retry={offersRetry ? { href: retryFailed, ...loaded.failed } : null}
          />
        </div>
      </ListDesk>
    </LiveRows>
  );
}

/** As many as there are pills: the time is one of them, unless it is any time. */
function countFilters(search: DeliverySearch): number {
  const others = queryOf(search, { range: undefined, from: undefined, to: undefined });
  return new URLSearchParams(others).size + (rangeOf(search) === "all" ? 0 : 1);
}
