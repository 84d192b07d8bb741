import { TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { LiveRefresh } from "@/components/deliveries/live-refresh";
import { PayloadBlock } from "@/components/deliveries/payload-block";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { EventFacts } from "@/components/events/event-facts";
import { EventOrigin } from "@/components/events/event-origin";
import { FanoutSummary } from "@/components/events/fanout";
import { FanoutTable, NotSentList } from "@/components/events/fanout-table";
import { ReplayForm } from "@/components/events/replay-form";
import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { IdChip } from "@/components/ui/chips";
import { Page, PageHeader } from "@/components/ui/page";
import { readerZone } from "@/components/ui/time";
import { formatId, parseId } from "@/lib/ids.ts";
import { listEdits } from "@/lib/replay/edits.ts";
import type { DeliveryRow } from "@/lib/reports/deliveries.ts";
import { type Fanout, findEvent } from "@/lib/reports/events.ts";
import { listFanout } from "@/lib/reports/fanout.ts";
import { listFilterChoices } from "@/lib/reports/filter-choices.ts";
import { duplicatesUntil } from "@/lib/reports/idempotency.ts";
import { sourceNames } from "@/lib/sources/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { retryDeliveryAction } from "../../deliveries/actions";
import { replayEventAction } from "../actions";

export const metadata: Metadata = { title: "Event" };

type Props = { params: Promise<{ workspace: string; event: string }>; searchParams: Promise<unknown> };

const viewInput = z.object({ raw: z.literal("1").optional().catch(undefined) });

export default async function EventPage({ params, searchParams }: Props) {
  const { workspace: slug, event: outsideId } = await params;
  const { workspace, role } = await requireActor(slug);
  const { raw } = viewInput.parse(await searchParams);
  const id = parseId("evt", outsideId);
  const event = id && (await findEvent(workspace.id, id));
  if (!event) notFound();
  const [{ reached, others }, heldUntil, edits, { endpoints }, sources, zone] = await Promise.all([
    listFanout(workspace.id, event, event.deliveries),
    duplicatesUntil(workspace.id, event),
    listEdits(workspace.id, event.id),
    listFilterChoices(workspace.id),
    sourceNames(workspace.id, event.sourceId ? [event.sourceId] : []),
    readerZone(),
  ]);
  const now = new Date();
  const mayRetry = can(role, "retry");
  const href = `/w/${slug}/events/${outsideId}`;

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
              newEndpointHref={can(role, "configure") ? `/w/${slug}/endpoints/new` : null}
              endpoints={endpoints.map((endpoint) => ({ ...endpoint, id: formatId("ep", endpoint.id) }))}
            />
          )
        }
      >
        {event.test && <Badge>Test event</Badge>}
        {event.editedFrom && <Badge tone="info">Edited</Badge>}
        <IdChip id={outsideId} noun="event ID" />
      </PageHeader>
      <EventOrigin slug={slug} event={event} source={sources.get(event.sourceId ?? "")} />
      {event.schemaWarning && <SchemaWarning slug={slug} type={event.type} warning={event.schemaWarning} />}
      <EventFacts slug={slug} event={event} duplicatesUntil={heldUntil} edits={edits} />
      <LiveRefresh slug={slug} deliveries={event.deliveries.map((row) => watched(row, zone, now))} />
      <Section
        title="Deliveries"
        actions={<FanoutSummary fanout={countBy(reached.flatMap(({ deliveries }) => deliveries.slice(0, 1)))} />}
      >
        {reached.length === 0 ? (
          <p className="text-fg-2 text-sm">No endpoint wanted this event when it was accepted, so nothing was sent.</p>
        ) : (
          <FanoutTable slug={slug} rows={reached} zone={zone} now={now} retry={mayRetry ? retryDeliveryAction : null} />
        )}
      </Section>
      {others.length > 0 && (
        <Section title="Not delivered to">
          <NotSentList slug={slug} eventId={outsideId} rows={others} replay={mayRetry ? replayEventAction : null} />
        </Section>
      )}
      <Section title="Payload">
        <PayloadBlock
          label="Payload"
          bytes={event.payload}
          contentType={event.contentType}
          downloadHref={`${href}/body`}
          view={{ raw: raw === "1", hrefOf: (wanted) => (wanted ? `${href}?raw=1` : href) }}
        />
      </Section>
    </Page>
  );
}

function watched(row: DeliveryRow, zone: string, now: Date) {
  const { id, mark, unfinished } = deliveryRowView(row, zone, now);
  return { id, mark, unfinished };
}

/** `sending` is no status of its own where deliveries are counted. */
function countBy(deliveries: DeliveryRow[]): Fanout {
  const groups = Map.groupBy(deliveries, ({ status }) => (status === "sending" ? "queued" : status));
  return Object.fromEntries([...groups].map(([status, rows]) => [status, rows.length]));
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
