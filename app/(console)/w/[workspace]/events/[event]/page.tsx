import { TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { DeliveryRows } from "@/components/deliveries/delivery-rows";
import { DeliveryTable } from "@/components/deliveries/delivery-table";
import { LiveRows } from "@/components/deliveries/live-rows";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { EventFacts } from "@/components/events/event-facts";
import { PayloadBlock } from "@/components/events/payload-block";
import { ReplayForm } from "@/components/events/replay-form";
import { UndeliveredList } from "@/components/events/undelivered-list";
import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { IdChip } from "@/components/ui/chips";
import { Page, PageHeader } from "@/components/ui/page";
import { readerZone } from "@/components/ui/time";
import { formatId, parseId } from "@/lib/ids.ts";
import { findEvent } from "@/lib/reports/events.ts";
import { listFilterChoices } from "@/lib/reports/filter-choices.ts";
import { listUndelivered } from "@/lib/reports/undelivered.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { retryDeliveryAction } from "../../deliveries/actions";
import { replayEventAction } from "../actions";

export const metadata: Metadata = { title: "Event" };

type Props = { params: Promise<{ workspace: string; event: string }> };

export default async function EventPage({ params }: Props) {
  const { workspace: slug, event: outsideId } = await params;
  const { workspace, role } = await requireActor(slug);
  const id = parseId("evt", outsideId);
  const event = id && (await findEvent(workspace.id, id));
  if (!event) notFound();
  const reached = [...new Set(event.deliveries.map((row) => row.endpointId))];
  const [undelivered, { endpoints }, zone] = await Promise.all([
    listUndelivered(workspace.id, event, reached),
    listFilterChoices(workspace.id),
    readerZone(),
  ]);
  const rows = event.deliveries.map((row) => deliveryRowView(row, zone, new Date()));
  const mayRetry = can(role, "retry");

  return (
    <Page width="detail">
      <PageHeader
        title={event.type}
        actions={
          mayRetry && (
            <ReplayForm
              slug={slug}
              action={replayEventAction}
              eventId={outsideId}
              endpoints={endpoints.map((endpoint) => ({ ...endpoint, id: formatId("ep", endpoint.id) }))}
            />
          )
        }
      >
        {event.test && <Badge>Test event</Badge>}
        <IdChip id={outsideId} noun="event ID" />
      </PageHeader>
      {event.schemaWarning && <SchemaWarning slug={slug} type={event.type} warning={event.schemaWarning} />}
      <EventFacts event={event} />
      <Section title="Deliveries">
        {rows.length === 0 ? (
          <p className="text-fg-2 text-sm">No endpoint wanted this event when it was accepted, so nothing was sent.</p>
        ) : (
          <LiveRows rows={rows} slug={slug} newerThan={null}>
            <div className="@container/list">
              <DeliveryTable framed zone={zone} day={rows[0]?.created.day ?? ""}>
                <DeliveryRows slug={slug} retry={mayRetry ? retryDeliveryAction : null} />
              </DeliveryTable>
            </div>
          </LiveRows>
        )}
      </Section>
      {undelivered.length > 0 && (
        <Section title="Not delivered to">
          <UndeliveredList
            slug={slug}
            eventId={outsideId}
            rows={undelivered}
            replay={mayRetry ? replayEventAction : null}
          />
        </Section>
      )}
      <Section title="Payload">
        <PayloadBlock payload={event.payload} contentType={event.contentType} />
      </Section>
    </Page>
  );
}

function SchemaWarning({ slug, type, warning }: { slug: string; type: string; warning: string }) {
  return (
    <div className="mt-2 rounded-card border border-warn-line bg-warn-tint px-3.5 py-2.5 text-sm text-warn">
      <p className="flex items-center gap-2 font-medium">
        <TriangleAlert size={14} aria-hidden />
        <span>
          It does not match the schema of{" "}
          <Link href={`/w/${slug}/event-types/${encodeURIComponent(type)}`} className="underline">
            {type}
          </Link>
          , and was accepted all the same.
        </span>
      </p>
      <p className="mono mt-1 [overflow-wrap:anywhere]">{warning}</p>
    </div>
  );
}
