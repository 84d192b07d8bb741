import { deliveriesPath } from "@/components/shell/paths";
import { formatNumber, formatPercent } from "@/components/ui/format";
import { None, RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { EndpointType } from "@/lib/reports/endpoint-types.ts";

export type SubscribedType = { name: string; subscribed: boolean; figures: EndpointType | undefined };

type EndpointTypeTableProps = {
  slug: string;
  /** A database id. */
  endpointId: string;
  types: SubscribedType[];
};

/** The event types an endpoint gets, each with how its deliveries went in the last 24 hours. */
export function EndpointTypeTable({ slug, endpointId, types }: EndpointTypeTableProps) {
  return (
    <Table label="Event types of this endpoint" framed minWidth={560}>
      <thead>
        <Tr>
          <Th lead>Event type</Th>
          <Th end className="w-24">
            Delivered
          </Th>
          <Th end className="w-24">
            Retried
          </Th>
          <Th end className="w-20">
            Failed
          </Th>
          <Th end className="w-24">
            Success
          </Th>
          <Th end className="w-32">
            Last attempt
          </Th>
        </Tr>
      </thead>
      <tbody>
        {types.map((type) => (
          <TypeLine
            key={type.name}
            type={type}
            href={deliveriesPath(slug, { endpoint: endpointId, type: type.name, range: "24h" })}
          />
        ))}
      </tbody>
    </Table>
  );
}

function TypeLine({ type: { name, subscribed, figures }, href }: { type: SubscribedType; href: string }) {
  const { delivered = 0, failed = 0, retried = 0, lastAt = null } = figures ?? {};
  const ended = delivered + failed;
  return (
    <Tr bar={delivered === 0 && failed + retried > 0 ? "bad" : undefined}>
      <Td lead title={name}>
        <RowLink href={href}>{name}</RowLink>
        {!subscribed && <span className="ml-2 text-fg-3 text-xs">not subscribed any more</span>}
      </Td>
      <Td end>{delivered ? formatNumber(delivered) : <None />}</Td>
      <Td end>{retried ? formatNumber(retried) : <None />}</Td>
      <Td end>{failed ? formatNumber(failed) : <None />}</Td>
      <Td end>{ended > 0 ? formatPercent(delivered / ended) : <None />}</Td>
      <Td end className="text-fg-2">
        {lastAt ? <Time at={lastAt} mode="relative" /> : <None />}
      </Td>
    </Tr>
  );
}
