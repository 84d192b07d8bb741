import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { RefreshPage } from "@/components/live/refresh-page";
import { SourceTable } from "@/components/sources/source-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatNumber } from "@/components/ui/format";
import { ListSearch } from "@/components/ui/list-search";
import { Page, PageHeader } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { formatId, parseId } from "@/lib/ids.ts";
import { providerOf } from "@/lib/providers/registry.ts";
import { sourceFigures } from "@/lib/reports/source-figures.ts";
import { listSources } from "@/lib/sources/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";

export const metadata: Metadata = { title: "Sources" };

const cursor = z
  .string()
  .transform((text) => parseId("src", text))
  .optional()
  .catch(undefined);
const filterInput = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  before: cursor,
  after: cursor,
});

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<unknown> };

export default async function SourcesPage({ params, searchParams }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const { q, before, after } = filterInput.parse(await searchParams);
  const list = await listSources(workspace.id, { search: q }, { before, after });
  const figures = await sourceFigures(
    workspace.id,
    list.rows.map(({ id }) => id),
  );
  const paged = list.next !== null || list.previous !== null;
  const base = `/w/${workspace.slug}/sources`;
  const href = (name: "before" | "after", id: string) =>
    `${base}?${new URLSearchParams({ ...(q && { q }), [name]: formatId("src", id) })}`;
  const create = can(role, "configure") && (
    <LinkButton href={`${base}/new`} variant="primary">
      New source
    </LinkButton>
  );

  return (
    <Page>
      <PageHeader title="Sources" count={paged ? undefined : formatNumber(list.rows.length)} actions={create} />
      <ListSearch action={base} search={q} label="Search name, description, provider" />
      {list.rows.length > 0 ? (
        <>
          <SourceTable
            sources={list.rows.map((row) => ({ ...row, label: providerOf(row.provider).label }))}
            figures={figures}
            base={base}
          />
          <RefreshPage />
          {paged && (
            <Pagination
              previous={list.previous && href("after", list.previous)}
              next={list.next && href("before", list.next)}
            />
          )}
        </>
      ) : (
        <NoSources searched={q} base={base} create={create} />
      )}
    </Page>
  );
}

type NoSourcesProps = { searched: string | undefined; base: string; create: React.ReactNode };

function NoSources({ searched, base, create }: NoSourcesProps) {
  if (searched) {
    return (
      <EmptyState
        icon={Inbox}
        title={`No source matches “${searched}”`}
        action={<LinkButton href={base}>Clear search</LinkButton>}
      >
        The search looks at names, descriptions and providers.
      </EmptyState>
    );
  }
  return (
    <EmptyState ghost icon={Inbox} title="No sources yet" action={create}>
      A source is a URL that Stripe, GitHub or any other service posts its webhooks to. Each request is verified, kept
      and, when it is proven, delivered to your endpoints like any event.
    </EmptyState>
  );
}
