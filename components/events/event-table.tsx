import { TriangleAlert } from "lucide-react";
import { pagePath } from "@/components/shell/paths";
import { ShortId } from "@/components/ui/chips";
import { formatBytes } from "@/components/ui/format";
import { zoneName } from "@/components/ui/format-time";
import { ICON_12 } from "@/components/ui/icon-size";
import { None, RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { EventRow } from "@/lib/reports/events.ts";
import { FanoutSummary } from "./fanout";

type Props = {
  slug: string;
  rows: EventRow[];
  /** Names of the sources that events came from, by database id. */
  sources: Map<string, string>;
  zone: string;
};

const CARD_CELL = "max-md:block max-md:h-auto max-md:min-h-5 max-md:border-0 max-md:p-0";
const WIDE = "max-xl:hidden";

/** Events, newest first; on phones a card each. */
export function EventTable({ slug, rows, sources, zone }: Props) {
  return (
    <Table label="Events" framed className="max-md:block">
      <thead className="max-md:hidden">
        <Tr>
          <Th lead className="w-48">
            Event type
          </Th>
          <Th>Deliveries</Th>
          <Th className={`${WIDE} w-28`}>Customer</Th>
          <Th className={`${WIDE} w-40`}>Key or source</Th>
          <Th end className="w-18">
            Size
          </Th>
          <Th end className="w-44">
            Accepted ({zoneName(zone)})
          </Th>
          <Th end className={`${WIDE} w-36`}>
            ID
          </Th>
        </Tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row) => (
          <EventTr
            key={row.id}
            slug={slug}
            row={row}
            source={row.sourceId && (sources.get(row.sourceId) ?? "a deleted source")}
          />
        ))}
      </tbody>
    </Table>
  );
}

function EventTr({ slug, row, source }: { slug: string; row: EventRow; source: string | null }) {
  return (
    <Tr className="max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0">
      <Td lead className={`${CARD_CELL} max-md:order-1`}>
        <RowLink href={pagePath(slug, "evt", row.id)} prefetch={false} className="max-md:font-medium">
          {row.type}
        </RowLink>
        {source && <span className="ml-1.5 text-fg-3 text-xs md:hidden">from {source}</span>}
        {row.test && <span className="ml-1.5 text-fg-3 text-xs">test</span>}
        {row.editedFrom && <span className="ml-1.5 text-fg-3 text-xs">edited</span>}
        {row.schemaWarning && (
          <span className="ml-1.5 text-warn" title={row.schemaWarning}>
            <TriangleAlert {...ICON_12} className="inline" />
            <span className="sr-only">does not match its schema</span>
          </span>
        )}
      </Td>
      <Td className={`${CARD_CELL} max-md:order-3 max-md:col-span-2`}>
        <FanoutSummary fanout={row.fanout} />
      </Td>
      <Td className={WIDE}>{row.customer ?? <None />}</Td>
      <Td className={WIDE} title={row.idempotencyKey ?? source ?? undefined}>
        <KeyOrSource idempotencyKey={row.idempotencyKey} source={source} />
      </Td>
      <Td end className="mono max-md:hidden">
        {formatBytes(row.bytes)}
      </Td>
      <Td end className={`${CARD_CELL} max-md:order-2`}>
        <Time at={row.acceptedAt} mode="day" className="text-fg-3" /> <Time at={row.acceptedAt} mode="ms" />
      </Td>
      <Td end className={WIDE}>
        <ShortId id={formatId("evt", row.id)} className="text-fg-2" />
      </Td>
    </Tr>
  );
}

/** What an app posts may have a key; what comes from a source has none. */
function KeyOrSource({ idempotencyKey, source }: { idempotencyKey: string | null; source: string | null }) {
  if (idempotencyKey) return <span className="mono">{idempotencyKey}</span>;
  return source ? <>from {source}</> : <None />;
}
