import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import { RefusedTable } from "@/components/events/refused-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { readerZone } from "@/components/ui/time";
import { countRefusedCalls, listRefusedCalls } from "@/lib/reports/refused-calls.ts";
import { requireActor } from "@/lib/web/session.ts";
import { EventTabs } from "../event-tabs";
import { refusedSearch } from "./filter";

export const metadata: Metadata = { title: "Refused calls" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function RefusedCallsPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const { code, before, after } = refusedSearch.parse(await searchParams);
  const [list, count, zone] = await Promise.all([
    listRefusedCalls(workspace.id, { code }, { before, after }),
    countRefusedCalls(workspace.id),
    readerZone(),
  ]);
  const path = `/w/${workspace.slug}/events/refused`;
  const href = (cursor: string) => `${path}?${new URLSearchParams({ ...(code && { code }) })}&${cursor}`;

  return (
    <Page>
      <PageHeader title="Events" />
      <EventTabs slug={workspace.slug} refused={count} />
      <p className="max-w-180 py-3 text-fg-2 text-sm">
        Calls to the ingest endpoint that were turned away, without their bodies. The request ID stands in the answer
        your app got, too.
      </p>
      {list.rows.length === 0 ? (
        <EmptyState
          ghost
          icon={ShieldCheck}
          title={code ? `No refused call with the code ${code}` : "No refused calls"}
          action={code && <LinkButton href={path}>Show all</LinkButton>}
        >
          A call is kept here when it names this workspace's key and is refused all the same.
        </EmptyState>
      ) : (
        <>
          <RefusedTable path={path} rows={list.rows} zone={zone} />
          <Pagination
            previous={list.previous && href(`after=${list.previous}`)}
            next={list.next && href(`before=${list.next}`)}
          />
        </>
      )}
    </Page>
  );
}
