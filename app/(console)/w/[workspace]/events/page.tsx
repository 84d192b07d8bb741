import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EventTable } from "@/components/events/event-table";
import { SearchedBack } from "@/components/search/searched-back";
import { LinkButton } from "@/components/ui/button";
import { formatNumber } from "@/components/ui/format";
import { Page, PageHeader } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { readerZone } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import { countEvents, listEvents } from "@/lib/reports/events.ts";
import { listFilterChoices } from "@/lib/reports/filter-choices.ts";
import { countRefusedCalls } from "@/lib/reports/refused-calls.ts";
import { listSourceChoices } from "@/lib/sources/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { leadEventsOn } from "../lead-on";
import { NoEvents } from "./empty";
import { EventTabs } from "./event-tabs";
import { asFilter, asPage, eventSearch, queryOf } from "./filter";
import { EventToolbar } from "./toolbar";

export const metadata: Metadata = { title: "Events" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function EventsPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const asked = await searchParams;
  const elsewhere = await leadEventsOn(workspace, asked);
  if (elsewhere) redirect(elsewhere);
  const search = eventSearch.parse(asked);
  const { id, slug } = workspace;
  const filter = asFilter(search, new Date());
  const [list, total, refused, choices, sources, zone] = await Promise.all([
    listEvents(id, filter, asPage(search)),
    countEvents(id, filter),
    countRefusedCalls(id),
    listFilterChoices(id),
    listSourceChoices(id),
    readerZone(),
  ]);
  const href = (cursor: { before?: string; after?: string }) => `/w/${slug}/events?${queryOf(search, cursor)}`;
  const count = `${formatNumber(total.count)}${total.atLeast ? "+" : ""}`;
  const older = list.next && href({ before: formatId("evt", list.next) });
  const searchedBack = list.searchedTo && older ? { to: list.searchedTo, href: older } : null;

  return (
    <Page>
      <PageHeader
        title="Events"
        count={count}
        actions={
          <LinkButton href={`/w/${slug}/events/export?${queryOf(search)}`} prefetch={false}>
            Export…
          </LinkButton>
        }
      />
      <EventTabs slug={slug} refused={refused} />
      <EventToolbar
        slug={slug}
        search={search}
        eventTypes={choices.eventTypes}
        sources={sources.map((source) => ({ ...source, id: formatId("src", source.id) }))}
        zone={zone}
      />
      {list.rows.length === 0 ? (
        <NoEvents workspaceId={id} slug={slug} search={search} zone={zone} searchedBack={searchedBack} />
      ) : (
        <>
          <EventTable
            slug={slug}
            rows={list.rows}
            sources={new Map(sources.map((source) => [source.id, source.name]))}
            zone={zone}
          />
          <Pagination previous={list.previous && href({ after: formatId("evt", list.previous) })} next={older}>
            <span>
              {formatNumber(list.rows.length)} shown of {count}
            </span>
            {searchedBack && <SearchedBack zone={zone} {...searchedBack} />}
          </Pagination>
        </>
      )}
    </Page>
  );
}
