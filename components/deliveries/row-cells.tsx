"use client";

import type { MouseEvent } from "react";
import { UrlText } from "@/components/ui/chips";
import { cn } from "@/components/ui/cn";
import { shortId } from "@/components/ui/format";
import { StatusBadge } from "@/components/ui/status-badge";
import { None, RowLink, Td } from "@/components/ui/table";
import type { Column } from "./columns";
import { Answer, Attempts } from "./delivery-cells";
import type { DeliveryRowProps } from "./delivery-row";
import { RowActions, RowPick } from "./row-actions";
import type { DeliveryRowView } from "./row-view";

type Cell = (props: DeliveryRowProps) => React.ReactNode;

const CARD_CELL = "max-md:block max-md:h-auto max-md:min-h-5 max-md:border-0 max-md:p-0 max-md:bg-transparent";

/** What a row shows under each column; on phones a card shows six of them, each in its own place. */
export const CELLS: Record<Column, Cell> = {
  status: ({ row, pick, picked }) => (
    <Td className={cn(CARD_CELL, "pl-(--gutter) max-md:order-1")}>
      {pick && <RowPick id={row.id} picked={picked ?? false} pick={pick} />}
      <StatusBadge status={row.shown} quiet />
    </Td>
  ),
  type: (props) => (
    <Td className={cn(CARD_CELL, "max-md:order-3 max-md:font-medium")}>
      <OpenLink {...props} />
      {props.row.test && <span className="ml-1.5 text-fg-3 text-xs">test</span>}
      <RowActions {...props} />
    </Td>
  ),
  endpoint: ({ row }) => (
    <Td className={cn(CARD_CELL, "max-md:order-5")}>
      <UrlText url={row.url} />
    </Td>
  ),
  customer: ({ row }) => <Td className="max-md:hidden">{row.customer ?? <None />}</Td>,
  attempts: ({ row }) => (
    <Td className={cn(CARD_CELL, "max-md:order-4 max-md:text-right")}>
      <Attempts attempts={row.attempts} />
      {row.next && <span className="ml-2 text-fg-2 wide:hidden">{row.next.relative}</span>}
      {row.why && (
        <span className="ml-2 text-fg-2 wide:hidden" title={row.reason ?? undefined}>
          {row.why}
        </span>
      )}
    </Td>
  ),
  response: ({ row }) => (
    <Td className={cn(CARD_CELL, "max-md:order-6 max-md:text-right")}>
      <Answer answer={row.answer} took={row.took} />
    </Td>
  ),
  next: ({ row }) => (
    <Td className="hidden wide:table-cell">
      <Next row={row} />
    </Td>
  ),
  created: ({ row }) => (
    <Td className={cn(CARD_CELL, "max-md:order-2 max-md:text-right")}>
      <time dateTime={row.created.iso} title={row.created.title}>
        <span className="mono in-data-[times=relative]:hidden">
          {row.created.clock}
          <span className="hidden text-fg-3 wide:inline">.{row.created.ms}</span>
        </span>
        <span className="hidden in-data-[times=relative]:inline">{row.created.ago}</span>
      </time>
    </Td>
  ),
  id: ({ row }) => (
    <Td className="hidden wide:table-cell">
      <span className="mono text-fg-2 group-focus-within/row:invisible group-hover/row:invisible" title={row.id}>
        {shortId(row.id)}
      </span>
    </Td>
  ),
};

/** Leads to the delivery's page; beside a list with room it opens in the panel instead, as a plain click says. */
function OpenLink({ row, slug, open, current }: DeliveryRowProps) {
  const onClick = (event: MouseEvent) => {
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (plain && open?.(row.id)) event.preventDefault();
  };
  return (
    <RowLink
      href={`/w/${slug}/deliveries/${row.id}`}
      prefetch={false}
      onClick={onClick}
      aria-current={current || undefined}
    >
      {row.eventType}
    </RowLink>
  );
}

function Next({ row }: { row: DeliveryRowView }) {
  if (row.next) {
    return (
      <span title={row.next.title}>
        {row.next.relative} <span className="mono text-fg-3">{row.next.clock}</span>
      </span>
    );
  }
  if (!row.reason) return <None />;
  return (
    <span className="text-fg-2" title={row.reason}>
      {row.why ?? row.reason}
    </span>
  );
}
