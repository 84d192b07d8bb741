import { Send } from "lucide-react";
import { LiveRows, NewerRows } from "@/components/deliveries/live-rows";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { deliveriesPath } from "@/components/shell/paths";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { shortZoneName } from "@/components/ui/format-time";
import { Table, Th } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatId } from "@/lib/ids.ts";
import type { DeliveryRow } from "@/lib/reports/deliveries.ts";
import { RecentRows } from "./recent-rows";

type RecentDeliveriesProps = { slug: string; endpointId: string; rows: DeliveryRow[]; zone: string; now: Date };

/** The newest deliveries of one endpoint; unfinished ones change where they stand. */
export function RecentDeliveries({ slug, endpointId, rows, zone, now }: RecentDeliveriesProps) {
  const views = rows.map((row) => deliveryRowView(row, zone, now));
  const all = deliveriesPath(slug, { endpoint: endpointId, range: "7d" });
  const newerThan = new URLSearchParams({ endpoint: formatId("ep", endpointId), range: "7d" }).toString();
  return (
    <LiveRows rows={views} slug={slug} newerThan={newerThan}>
      <Section
        title="Recent deliveries"
        className="mt-6"
        actions={
          <>
            <NewerRows />
            <TextLink href={all}>All</TextLink>
          </>
        }
      >
        {views.length === 0 ? (
          <EmptyState ghost icon={Send} title="No deliveries yet">
            They appear here as soon as an event of a chosen type is posted, or a test is sent.
          </EmptyState>
        ) : (
          <Table label="Recent deliveries" framed className="max-md:block">
            <thead className="max-md:hidden">
              <tr>
                <Th lead className="w-30">
                  Status
                </Th>
                <Th>Event type</Th>
                <Th className="w-25 2xl:w-32">Attempts</Th>
                <Th className="w-30 2xl:w-34">Response</Th>
                <Th end className="w-34">
                  {views[0]?.created.day} ({shortZoneName(zone)})
                </Th>
              </tr>
            </thead>
            <RecentRows slug={slug} />
          </Table>
        )}
      </Section>
    </LiveRows>
  );
}
