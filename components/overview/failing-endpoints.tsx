import type { TroubledEndpoint } from "@/lib/reports/troubled-endpoints.ts";
import { Sparkline } from "../charts/sparkline";
import { whyOf } from "../endpoints/type-words";
import { pagePath } from "../shell/paths";
import { UrlText } from "../ui/chips";
import { Duration } from "../ui/duration";
import { formatNumber, formatPercent } from "../ui/format";
import { HealthBadge } from "../ui/status-badge";
import { None, RowLink, Table, Td, Th, Tr } from "../ui/table";

/** Below this success rate the line is red. */
const BAD_RATE = 0.97;

type Props = { slug: string; span: string; rows: TroubledEndpoint[] };

export function FailingEndpoints({ slug, span, rows }: Props) {
  return (
    <Table label="Failing endpoints" framed minWidth={1060}>
      <thead>
        <Tr>
          <Th lead className="w-32">
            Health
          </Th>
          <Th>Endpoint</Th>
          <Th className="w-84">Why</Th>
          <Th end className="w-18">
            Failed
          </Th>
          <Th end className="w-21">
            Retrying
          </Th>
          <Th end className="w-22">
            Success
          </Th>
          <Th className="w-32 pl-3">{span}, 0–100 %</Th>
          <Th end className="w-22">
            p95
          </Th>
        </Tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <EndpointRow key={row.id} slug={slug} span={span} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function EndpointRow({ slug, span, row }: { slug: string; span: string; row: TroubledEndpoint }) {
  const { successRate } = row;
  return (
    <Tr>
      <Td lead>
        <HealthBadge health={row.health} reason={row.reason} />
      </Td>
      <Td>
        <RowLink href={pagePath(slug, "ep", row.id)}>
          <UrlText url={row.url} />
        </RowLink>
      </Td>
      <Td className="text-fg-2 first-letter:uppercase" title={whyOf(row) ?? undefined}>
        {whyOf(row) ?? <None />}
      </Td>
      <Td end>{row.failed ? formatNumber(row.failed) : <None />}</Td>
      <Td end>{row.retrying ? formatNumber(row.retrying) : <None />}</Td>
      <Td end>{successRate === null ? <None /> : formatPercent(successRate)}</Td>
      <Td className="pl-3">
        <Sparkline rates={row.sparkline} span={span} bad={successRate !== null && successRate < BAD_RATE} />
      </Td>
      <Td end>{row.p95Ms === null ? <None /> : <Duration ms={row.p95Ms} />}</Td>
    </Tr>
  );
}
