import { Globe } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { EndpointTable } from "@/components/endpoints/endpoint-table";
import { RefreshPage } from "@/components/live/refresh-page";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatNumber } from "@/components/ui/format";
import { ListSearch } from "@/components/ui/list-search";
import { Page, PageHeader } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { listEndpoints } from "@/lib/endpoints/queries.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { endpointFigures } from "@/lib/reports/endpoint-figures.ts";
import { endpointHealth } from "@/lib/reports/endpoint-health.ts";
import { queueAges } from "@/lib/reports/queue-age.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";

export const metadata: Metadata = { title: "Endpoints" };

const cursor = z
  .string()
  .transform((text) => parseId("ep", text))
  .optional()
  .catch(undefined);
const filterInput = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  before: cursor,
  after: cursor,
});

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<unknown> };

export default async function EndpointsPage({ params, searchParams }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const { q, before, after } = filterInput.parse(await searchParams);
  const list = await listEndpoints(workspace.id, { search: q }, { before, after });
  const ids = list.rows.map(({ id }) => id);
  const [health, figures, ages] = await Promise.all([
    endpointHealth(workspace.id, ids),
    endpointFigures(workspace.id, ids),
    queueAges(ids),
  ]);
  const paged = list.next !== null || list.previous !== null;
  const base = `/w/${workspace.slug}/endpoints`;
  const href = (name: "before" | "after", id: string) =>
    `${base}?${new URLSearchParams({ ...(q && { q }), [name]: formatId("ep", id) })}`;
  const create = can(role, "configure") && (
    <LinkButton href={`${base}/new`} variant="primary">
      New endpoint
    </LinkButton>
  );

  return (
    <Page>
      <PageHeader title="Endpoints" count={paged ? undefined : formatNumber(list.rows.length)} actions={create} />
      <ListSearch action={base} search={q} label="Search URL, description, customer" />
      {list.rows.length > 0 ? (
        <>
          <EndpointTable endpoints={list.rows} health={health} figures={figures} ages={ages} base={base} />
          <RefreshPage />
          {paged && (
            <Pagination
              previous={list.previous && href("after", list.previous)}
              next={list.next && href("before", list.next)}
            />
          )}
        </>
      ) : (
        <NoEndpoints searched={q} base={base} create={create} />
      )}
    </Page>
  );
}

type NoEndpointsProps = { searched: string | undefined; base: string; create: React.ReactNode };

function NoEndpoints({ searched, base, create }: NoEndpointsProps) {
  if (searched) {
    return (
      <EmptyState
        icon={Globe}
        title={`No endpoint matches “${searched}”`}
        action={<LinkButton href={base}>Clear search</LinkButton>}
      >
        The search looks at URLs, descriptions and customers.
      </EmptyState>
    );
  }
  return (
    <EmptyState ghost icon={Globe} title="No endpoints yet" action={create}>
      An endpoint is a URL that wants events. Every event of the types it chooses is signed, delivered to it and retried
      until it arrives.
    </EmptyState>
  );
}
