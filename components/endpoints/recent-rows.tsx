"use client";

import { Answer, Attempts } from "@/components/deliveries/delivery-cells";
import { useLiveRows } from "@/components/deliveries/live-rows";
import { StatusBadge } from "@/components/ui/status-badge";
import { RowLink, Td, Tr } from "@/components/ui/table";

const CARD_CELL = "max-md:block max-md:h-auto max-md:min-h-5 max-md:border-0 max-md:p-0";

/** Deliveries of one endpoint: what a list shows, without the endpoint. */
export function RecentRows({ slug }: { slug: string }) {
  const rows = useLiveRows();
  const today = rows[0]?.created.day;
  return (
    <tbody className="max-md:block">
      {rows.map((row) => (
        <Tr
          key={row.id}
          bar={row.status === "failed" ? "bad" : undefined}
          className="max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0 max-md:[&>td:first-child]:shadow-none"
        >
          <Td lead className={`${CARD_CELL} max-md:order-2`}>
            <StatusBadge status={row.shown} quiet />
          </Td>
          <Td className={`${CARD_CELL} max-md:order-1`}>
            <RowLink href={`/w/${slug}/deliveries/${row.id}`} prefetch={false}>
              {row.eventType}
            </RowLink>
            {row.test && <span className="ml-1.5 text-fg-3 text-xs">test</span>}
          </Td>
          <Td className={`${CARD_CELL} max-md:order-3`}>
            <Attempts attempts={row.attempts} />
            {row.next && <span className="ml-2 text-fg-2">{row.next.relative}</span>}
          </Td>
          <Td className={`${CARD_CELL} max-md:order-5`}>
            <span className="@container/list">
              <Answer answer={row.answer} took={null} />
            </span>
            {row.took && <span className="mono text-fg-3"> · {row.took}</span>}
          </Td>
          <Td end className={`${CARD_CELL} max-md:order-4`}>
            <time dateTime={row.created.iso} title={row.created.title} className="mono">
              {row.created.day !== today && <span className="text-fg-3">{row.created.day} </span>}
              {row.created.clock}
              <span className="text-fg-3">.{row.created.ms}</span>
            </time>
          </Td>
        </Tr>
      ))}
    </tbody>
  );
}
