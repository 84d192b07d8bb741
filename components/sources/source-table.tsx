import { formatNumber } from "@/components/ui/format";
import { None, RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { ProviderName } from "@/lib/providers/names.ts";
import type { SourceFigures } from "@/lib/reports/source-figures.ts";
import { QUARANTINED, type SourceStatus, type Verdict } from "@/lib/sources/states.ts";
import { ProviderMark } from "./provider-mark";
import { SourceStatusBadge } from "./source-status";

export type SourceLine = { id: string; name: string; provider: ProviderName; label: string; status: SourceStatus };

type SourceTableProps = { sources: SourceLine[]; figures: Map<string, SourceFigures>; base: string };

const CARD_CELL = "max-md:block max-md:h-auto max-md:min-h-5 max-md:border-0 max-md:p-0";

/** Sources with what came in; on phones a card each. */
export function SourceTable({ sources, figures, base }: SourceTableProps) {
  return (
    <Table label="Sources" framed className="max-md:block">
      <thead className="max-md:hidden">
        <tr>
          <Th lead className="w-28">
            Status
          </Th>
          <Th>Source</Th>
          <Th end className="w-28" title="Proven requests of the last 24 hours">
            Accepted, 24 h
          </Th>
          <Th end className="w-28" title="Refused or unparsable requests of the last 24 hours">
            Quarantined
          </Th>
          <Th end className="w-26 max-lg:hidden" title="Requests with an id that had come before">
            Duplicates
          </Th>
          <Th end className="w-32">
            Last request
          </Th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {sources.map((source) => (
          <Line
            key={source.id}
            source={source}
            figures={figures.get(source.id)}
            href={`${base}/${formatId("src", source.id)}`}
          />
        ))}
      </tbody>
    </Table>
  );
}

type LineProps = { source: SourceLine; figures: SourceFigures | undefined; href: string };

function Line({ source, figures, href }: LineProps) {
  const quarantined = countOf(figures, QUARANTINED);
  return (
    <Tr
      bar={quarantined > 0 || source.status === "disabled" ? "bad" : undefined}
      className="max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0 md:[&>td]:h-13 max-md:[&>td:first-child]:shadow-none"
    >
      <Td lead className={`${CARD_CELL} max-md:order-2`}>
        <SourceStatusBadge status={source.status} quiet />
      </Td>
      <Td className={`${CARD_CELL} max-md:order-1`}>
        <RowLink href={href} className="flex min-w-0 items-center gap-2.5 leading-5">
          <ProviderMark provider={source.provider} />
          <span className="min-w-0">
            <span className="block truncate font-medium">{source.name}</span>
            {source.label !== source.name && <span className="block truncate text-fg-2 text-xs">{source.label}</span>}
          </span>
        </RowLink>
      </Td>
      <Td end className={`${CARD_CELL} max-md:order-3 max-md:text-left max-md:text-xs`}>
        <Count count={countOf(figures, ["accepted"])} atLeast={figures?.atLeast} word="accepted" />
      </Td>
      <Td end className={`${CARD_CELL} max-md:order-4 max-md:text-xs`}>
        {quarantined > 0 ? (
          <span className="font-medium text-bad">
            <Count count={quarantined} atLeast={figures?.atLeast} word="quarantined" />
          </span>
        ) : (
          <span className="max-md:hidden">
            <None />
          </span>
        )}
      </Td>
      <Td end className="max-lg:hidden">
        <Count count={countOf(figures, ["duplicate"])} atLeast={figures?.atLeast} word="duplicates" />
      </Td>
      <Td end className={`${CARD_CELL} text-fg-2 max-md:order-5 max-md:col-span-2 max-md:text-left max-md:text-xs`}>
        {figures?.last ? <Time at={figures.last.at} mode="relative" /> : <None>never</None>}
      </Td>
    </Tr>
  );
}

type CountProps = { count: number; atLeast: boolean | undefined; word: string };

/** The word stands beside the number where there is no column head above it. */
function Count({ count, atLeast, word }: CountProps) {
  return (
    <>
      {count === 0 ? (
        <None />
      ) : (
        <span className="tabular-nums">
          {formatNumber(count)}
          {atLeast && "+"}
        </span>
      )}
      <span className="md:hidden"> {word}</span>
    </>
  );
}

function countOf(figures: SourceFigures | undefined, verdicts: readonly Verdict[]): number {
  return verdicts.reduce((sum, verdict) => sum + (figures?.verdicts[verdict] ?? 0), 0);
}
