import Link from "next/link";
import { zoneName } from "@/components/ui/format-time";
import { None, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { RefusedCallRow } from "@/lib/reports/refused-calls.ts";

type Props = { path: string; rows: RefusedCallRow[]; zone: string };

/** Refused calls, newest first. A code narrows the list to its like. */
export function RefusedTable({ path, rows, zone }: Props) {
  return (
    <Table label="Refused calls" framed minWidth={1000}>
      <thead>
        <Tr>
          <Th lead className="w-48">
            Time ({zoneName(zone)})
          </Th>
          <Th className="w-50">Code</Th>
          <Th>Detail</Th>
          <Th className="w-44">Key</Th>
          <Th className="w-40">Path</Th>
          <Th className="w-44">Request ID</Th>
        </Tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td lead>
              <Time at={row.at} mode="day" className="text-fg-3" /> <Time at={row.at} mode="ms" />
            </Td>
            <Td>
              <Link href={`${path}?code=${row.code}`} className="mono link">
                {row.code}
              </Link>
            </Td>
            <Td className="whitespace-normal py-2.5 [overflow-wrap:anywhere]">{row.detail}</Td>
            <Td>
              {row.key ? (
                <>
                  {row.key.name} <span className="mono text-fg-3">ph_…{row.key.lastFour}</span>
                </>
              ) : (
                <None />
              )}
            </Td>
            <Td className="mono" title={row.path}>
              {row.path}
            </Td>
            <Td className="mono" title={row.requestId}>
              {row.requestId}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
