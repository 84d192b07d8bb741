import { Braces } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { EventTypeTable } from "@/components/event-types/event-type-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatNumber } from "@/components/ui/format";
import { ListSearch } from "@/components/ui/list-search";
import { Page, PageHeader } from "@/components/ui/page";
import { listEventTypes } from "@/lib/event-types/queries.ts";
import { eventTypeVolumes } from "@/lib/reports/event-type-volumes.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";

export const metadata: Metadata = { title: "Event types" };

const filterInput = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  archived: z.literal("1").optional().catch(undefined),
});

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<unknown> };

export default async function EventTypesPage({ params, searchParams }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const { q, archived } = filterInput.parse(await searchParams);
  const [types, volumes] = await Promise.all([
    listEventTypes(workspace.id, { search: q, archived: Boolean(archived) }),
    eventTypeVolumes(workspace.id),
  ]);
  const base = `/w/${workspace.slug}/event-types`;
  const create = can(role, "configure") && (
    <LinkButton href={`${base}/new`} variant="primary">
      New event type
    </LinkButton>
  );

  return (
    <Page>
      <PageHeader title="Event types" count={formatNumber(types.length)} actions={create} />
      <ListSearch
        action={base}
        search={q}
        label="Search event types"
        toggle={{ name: "archived", label: "Show archived", on: Boolean(archived) }}
      />
      {types.length > 0 ? (
        <EventTypeTable types={types} volumes={volumes} base={base} />
      ) : (
        <NoEventTypes searched={q} base={base} create={create} />
      )}
    </Page>
  );
}

type NoEventTypesProps = { searched: string | undefined; base: string; create: React.ReactNode };

function NoEventTypes({ searched, base, create }: NoEventTypesProps) {
  if (searched) {
    return (
      <EmptyState
        icon={Braces}
        title={`No event type matches “${searched}”`}
        action={<LinkButton href={base}>Clear search</LinkButton>}
      >
        The search looks at names and descriptions; archived types are left out unless you show them.
      </EmptyState>
    );
  }
  return (
    <EmptyState ghost icon={Braces} title="No event types yet" action={create}>
      An event type is a name such as <span className="mono">order.created</span>, with a description, a JSON Schema and
      an example. Endpoints subscribe to them.
    </EmptyState>
  );
}
