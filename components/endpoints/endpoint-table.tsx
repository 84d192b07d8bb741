import { Sparkline } from "@/components/charts/sparkline";
import { Tag } from "@/components/ui/badge";
import { UrlText } from "@/components/ui/chips";
import { Duration } from "@/components/ui/duration";
import { formatPercent } from "@/components/ui/format";
import { HealthBadge } from "@/components/ui/status-badge";
import { None, RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { EndpointRow } from "@/lib/endpoints/queries.ts";
import { formatId } from "@/lib/ids.ts";
import type { EndpointFigures } from "@/lib/reports/endpoint-figures.ts";
import type { Health } from "@/lib/reports/health.ts";
import { FlowBadges } from "./flow-badges";
import { whyOf } from "./type-words";

/** Below this success rate the line is red. */
const BAD_RATE = 0.97;

type EndpointTableProps = {
  endpoints: EndpointRow[];
  health: Map<string, Health>;
  figures: Map<string, EndpointFigures>;
  /** How long the oldest of each waits, in ms. */
  ages: Map<string, number>;
  base: string;
};

const CARD_CELL = "max-md:block max-md:h-auto max-md:min-h-5 max-md:border-0 max-md:p-0";

/** Endpoints with how they are and why; on phones a card each. */
export function EndpointTable({ endpoints, health, figures, ages, base }: EndpointTableProps) {
  return (
    <Table label="Endpoints" framed className="max-md:block">
      <thead className="max-md:hidden">
        <tr>
          <Th lead className="w-28">
            Health
          </Th>
          <Th>Endpoint</Th>
          <Th className="w-48 max-lg:hidden">Events</Th>
          <Th end className="w-22">
            Success
          </Th>
          <Th className="w-34 pl-3 max-lg:hidden">24 h, 0–100 %</Th>
          <Th end className="w-24">
            p95
          </Th>
          <Th end className="w-24 max-xl:hidden" title="How long its oldest delivery that is not on its way has waited">
            Queue age
          </Th>
          <Th end className="w-28">
            Last delivery
          </Th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {endpoints.map((endpoint) => (
          <EndpointLine
            key={endpoint.id}
            endpoint={endpoint}
            health={health.get(endpoint.id)}
            figures={figures.get(endpoint.id)}
            ageMs={ages.get(endpoint.id)}
            href={`${base}/${formatId("ep", endpoint.id)}`}
          />
        ))}
      </tbody>
    </Table>
  );
}

type EndpointLineProps = {
  endpoint: EndpointRow;
  health: Health | undefined;
  figures: EndpointFigures | undefined;
  ageMs: number | undefined;
  href: string;
};

function EndpointLine({ endpoint, health, figures, ageMs, href }: EndpointLineProps) {
  const rate = figures?.successRate ?? null;
  const second = (health && whyOf(health)) ?? (endpoint.customer && `Customer ${endpoint.customer}`);
  return (
    <Tr
      bar={health?.health === "failing" || health?.health === "disabled" ? "bad" : undefined}
      className="max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0 md:[&>td]:h-13 max-md:[&>td:first-child]:shadow-none"
    >
      <Td lead className={`${CARD_CELL} max-md:order-2`}>
        {health && <HealthBadge health={health.health} reason={health.reason} quiet />}
      </Td>
      <Td className={`${CARD_CELL} max-md:order-1`}>
        <RowLink href={href} className="flex min-w-0 items-baseline gap-2 leading-5">
          {endpoint.description && <span className="truncate font-medium">{endpoint.description}</span>}
          <UrlText url={endpoint.url} className="min-w-20 flex-1 truncate" />
          <span className="shrink-0 max-md:hidden">
            <FlowBadges endpoint={endpoint} />
          </span>
        </RowLink>
        {second && (
          <span className="block truncate text-fg-2 text-xs first-letter:uppercase" title={second}>
            {second}
          </span>
        )}
      </Td>
      <Td className="max-lg:hidden">
        <Subscriptions subscriptions={endpoint.subscriptions} />
      </Td>
      <Td end className={`${CARD_CELL} max-md:order-4`}>
        {rate === null ? <None /> : formatPercent(rate)}
      </Td>
      <Td className="pl-3 max-lg:hidden">
        {figures ? <Sparkline rates={figures.sparkline} bad={rate !== null && rate < BAD_RATE} /> : <None />}
      </Td>
      <Td end className="max-md:hidden">
        {figures?.p95Ms == null ? <None /> : <Duration ms={figures.p95Ms} />}
      </Td>
      <Td end className="max-xl:hidden">
        {ageMs === undefined ? <None /> : <Duration ms={ageMs} />}
      </Td>
      <Td end className={`${CARD_CELL} text-fg-2 max-md:order-3 max-md:text-left max-md:text-xs`}>
        {figures?.lastAttemptAt ? <Time at={figures.lastAttemptAt} mode="relative" /> : <None>never</None>}
      </Td>
    </Tr>
  );
}

/** Tags shown before the rest is counted. */
const SHOWN = 2;

/** What an endpoint wants, in a few tags. */
export function Subscriptions({ subscriptions, shown = SHOWN }: { subscriptions: string[]; shown?: number }) {
  if (subscriptions.length === 0) return <span className="text-fg-2">all, and future ones</span>;
  const rest = subscriptions.length - shown;
  return (
    <span className="inline-flex max-w-full flex-wrap gap-1" title={subscriptions.join(", ")}>
      {subscriptions.slice(0, shown).map((name) => (
        <Tag key={name} className="mono max-w-full truncate">
          {name}
        </Tag>
      ))}
      {rest > 0 && <Tag>{rest} more</Tag>}
    </span>
  );
}
