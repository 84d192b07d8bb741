import { Zap } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EndpointHead } from "@/components/endpoints/endpoint-head";
import { Subscriptions } from "@/components/endpoints/endpoint-table";
import { EndpointTypeTable } from "@/components/endpoints/endpoint-type-table";
import { RefreshPage } from "@/components/live/refresh-page";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { TextLink } from "@/components/ui/text-link";
import { findEndpoint } from "@/lib/endpoints/queries.ts";
import { wants } from "@/lib/endpoints/subscription-tree.ts";
import { listEventTypes } from "@/lib/event-types/queries.ts";
import { parseId } from "@/lib/ids.ts";
import { endpointHealth } from "@/lib/reports/endpoint-health.ts";
import { endpointTypes } from "@/lib/reports/endpoint-types.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";

export const metadata: Metadata = { title: "Events of an endpoint" };

type Props = { params: Promise<{ workspace: string; endpoint: string }> };

export default async function EndpointEventsPage({ params }: Props) {
  const { workspace: slug, endpoint: outsideId } = await params;
  const { workspace, role } = await requireActor(slug);
  const id = parseId("ep", outsideId);
  const endpoint = id && (await findEndpoint(workspace.id, id));
  if (!endpoint) notFound();
  const [health, figures, known] = await Promise.all([
    endpointHealth(workspace.id, [id]),
    endpointTypes(workspace.id, id),
    listEventTypes(workspace.id),
  ]);
  const wanted = known.map(({ name }) => name).filter((name) => wants(endpoint.subscriptions, name));
  const names = [...new Set([...wanted, ...figures.keys()])].sort();
  const types = names.map((name) => ({
    name,
    subscribed: wants(endpoint.subscriptions, name),
    figures: figures.get(name),
  }));

  return (
    <Page width="detail">
      <RefreshPage />
      <EndpointHead slug={slug} endpoint={endpoint} health={health.get(id)} canEdit={can(role, "configure")} />
      <Section
        title="Event types, 24 h"
        className="mt-2"
        actions={
          can(role, "configure") && <TextLink href={`/w/${slug}/endpoints/${outsideId}/edit`}>Choose events</TextLink>
        }
      >
        <p className="mb-3 flex flex-wrap items-center gap-2 text-fg-2 text-sm">
          Subscribed to <Subscriptions subscriptions={endpoint.subscriptions} shown={12} />
        </p>
        {types.length > 0 ? (
          <EndpointTypeTable slug={slug} endpointId={id} types={types} />
        ) : (
          <EmptyState ghost icon={Zap} title="No event type matches yet">
            As soon as there is one that this endpoint subscribes to, it is listed here with how its deliveries go.
          </EmptyState>
        )}
      </Section>
    </Page>
  );
}
