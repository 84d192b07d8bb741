import type { Metadata } from "next";
import { EventTable } from "@/components/events/event-table";
import { formatNumber } from "@/components/ui/format";
import { Page, PageHeader } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { readerZone } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import { listEvents } from "@/lib/reports/events.ts";
import { listFilterChoices } from "@/lib/reports/filter-choices.ts";
import { countRefusedCalls } from "@/lib/reports/refused-calls.ts";
import { requireActor } from "@/lib/web/session.ts";
import { NoEvents } from "./empty";
import { EventTabs } from "./event-tabs";
import { asFilter, asPage, eventSearch, queryOf } from "./filter";
import { EventToolbar } from "./toolbar";

export const metadata: Metadata = { title: "Events" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function EventsPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const search = eventSearch.parse(await searchParams);
  const { id, slug } = workspace;
  const [list, refused, choices, zone] = await Promise.all([
    listEvents(id, asFilter(search, new Date()), asPage(search)),
    countRefusedCalls(id),
    listFilterChoices(id),
    readerZone(),
  ]);
  const href = (cursor: { before?: string; after?: string }) => `/w/${slug}/events?${queryOf(search, cursor)}`;

  return (
    <Page>
      <PageHeader title="Events" />
      <EventTabs slug={slug} refused={refused} />
      <EventToolbar slug={slug} search={search} eventTypes={choices.eventTypes} />
      {list.rows.length === 0 ? (
        <NoEvents workspaceId={id} slug={slug} search={search} />
      ) : (
        <>
          <EventTable slug={slug} rows={list.rows} zone={zone} />
          <Pagination
            previous={list.previous && href({ after: formatId("evt", list.previous) })}
            next={list.next && href({ before: formatId("evt", list.next) })}
          >
            <span>{formatNumber(list.rows.length)} shown</span>
          </Pagination>
        </>
      )}
    </Page>
  );
}
