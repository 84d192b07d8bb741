import { Check } from "lucide-react";
import { VolumeBars } from "@/components/charts/volume-bars";
import { Badge } from "@/components/ui/badge";
import { formatNumber } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { None, RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { groupByPrefix } from "@/lib/endpoints/subscription-tree.ts";
import type { EventTypeRow } from "@/lib/event-types/queries.ts";
import type { EventTypeVolumes } from "@/lib/reports/event-type-volumes.ts";

type EventTypeTableProps = { types: EventTypeRow[]; volumes: EventTypeVolumes; base: string };

/** Event types, grouped by what stands before the first dot. */
export function EventTypeTable({ types, volumes, base }: EventTypeTableProps) {
  return (
    <Table label="Event types" framed>
      <thead>
        <tr>
          <Th lead className="w-72 max-md:w-auto">
            Name
          </Th>
          <Th className="max-lg:hidden">Description</Th>
          <Th end className="w-26 max-md:w-21">
            Subscribers
          </Th>
          <Th className="w-34 pl-6 max-lg:hidden">Last 24 h</Th>
          <Th end className="w-20 max-md:hidden">
            Events
          </Th>
          <Th className="w-28 pl-6 max-md:hidden">Last seen</Th>
          <Th className="w-20 max-md:hidden">Schema</Th>
        </tr>
      </thead>
      {groupByPrefix(types).map(({ prefix, pattern, types: members }) => (
        <tbody key={prefix} className="[tbody+&>tr:first-child>*]:border-t">
          {pattern && <GroupHead pattern={pattern} count={members.length} />}
          {members.map((type) => (
            <EventTypeLine key={type.name} type={type} volumes={volumes} base={base} inGroup={pattern !== null} />
          ))}
        </tbody>
      ))}
    </Table>
  );
}

function GroupHead({ pattern, count }: { pattern: string; count: number }) {
  return (
    <tr>
      <th
        scope="rowgroup"
        colSpan={2}
        className="h-8 border-b bg-surface px-3 text-left font-normal text-fg-3 text-xs tabular-nums"
      >
        <span className="mono mr-2 font-medium text-fg-2">{pattern}</span>
        {count === 1 ? "1 type" : `${formatNumber(count)} types`}
      </th>
      {/* As many columns as the rows show: a wider cell would take the names' room on a small screen. */}
      <td colSpan={3} className="border-b bg-surface max-md:hidden" />
      <td colSpan={2} className="border-b bg-surface max-lg:hidden" />
    </tr>
  );
}

type EventTypeLineProps = { type: EventTypeRow; volumes: EventTypeVolumes; base: string; inGroup: boolean };

function EventTypeLine({ type, volumes, base, inGroup }: EventTypeLineProps) {
  const volume = volumes.byType.get(type.name);
  return (
    <Tr>
      <Td lead className={inGroup ? "pl-6" : undefined}>
        <RowLink href={`${base}/${type.name}`} className="font-medium" title={type.name}>
          {type.name}
        </RowLink>
        {type.archivedAt && <Badge className="ml-2">Archived</Badge>}
      </Td>
      <Td className="text-fg-2 max-lg:hidden" title={type.description}>
        {type.description || <None />}
      </Td>
      <Td end>{formatNumber(type.subscribers)}</Td>
      <Td className="pl-6 max-lg:hidden">{volume ? <VolumeBars hours={volume.hours} /> : <None />}</Td>
      <Td end className="max-md:hidden">
        {volume ? `${volumes.exact ? "" : "~"}${formatNumber(volume.perDay)}` : "0"}
      </Td>
      <Td className="pl-6 text-fg-2 max-md:hidden">
        {volume ? <Time at={volume.lastSeenAt} mode="relative" /> : <None />}
      </Td>
      <Td className="text-fg-2 max-md:hidden">
        {type.hasSchema ? (
          <span className="inline-flex items-center gap-1 align-middle">
            <Check {...ICON_14} />
            <span className="sr-only">Yes, </span>
            {type.enforcement === "off" ? "off" : type.enforcement}
          </span>
        ) : (
          <None />
        )}
      </Td>
    </Tr>
  );
}
