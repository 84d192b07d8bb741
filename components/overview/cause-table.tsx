import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { Range } from "@/lib/reports/ranges.ts";
import type { CauseRow } from "@/lib/reports/trouble.ts";
import { deliveriesPath } from "../shell/paths";
import { formatNumber } from "../ui/format";
import { RowLink, Table, Td, Th, Tr } from "../ui/table";
import { Time } from "../ui/time";

type Props = { slug: string; range: Range; rows: CauseRow[] };

/** Failed and retrying deliveries by what their last attempt ended with, the most frequent first. */
export function CauseTable({ slug, range, rows }: Props) {
  const most = Math.max(1, ...rows.map((row) => row.deliveries));
  return (
    <Table label="Failed and retrying by cause" framed minWidth={560}>
      <thead>
        <Tr>
          <Th lead className="w-34">
            Cause
          </Th>
          <Th>Share</Th>
          <Th end className="w-24">
            Deliveries
          </Th>
          <Th end className="w-26">
            Endpoints
          </Th>
          <Th end className="w-44">
            Newest
          </Th>
        </Tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={`${row.outcome} ${row.statusCode}`}>
            <Td lead className="mono">
              <RowLink href={deliveriesPath(slug, { outcome: row.outcome, code: row.statusCode, range })}>
                {answerWord(row.outcome, row.statusCode)}
              </RowLink>
            </Td>
            <Td>
              <span
                aria-hidden="true"
                className="block h-2 min-w-0.5 rounded-[1px] bg-chart-ok"
                style={{ width: `${(row.deliveries / most) * 100}%` }}
              />
            </Td>
            <Td end>{formatNumber(row.deliveries)}</Td>
            <Td end>{formatNumber(row.endpoints)}</Td>
            <Td end>
              <Time at={row.newest} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
