"use client";

import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { Tr } from "@/components/ui/table";
import type { FormAction } from "@/lib/web/action.ts";
import type { Column } from "./columns";
import { CELLS } from "./row-cells";
import type { DeliveryRowView } from "./row-view";

/** What the list around a row knows of it; lists that cannot be picked from have none of it. */
export type RowState = {
  /** Its delivery stands in the panel beside the list. */
  current: boolean;
  picked: boolean;
  pick: (id: string, on: boolean, withRange: boolean) => void;
  /** Opens it beside the list; false where there is no room. */
  open: (id: string, at?: string) => boolean;
};

export type DeliveryRowProps = {
  row: DeliveryRowView;
  slug: string;
  columns: readonly Column[];
  /** Null for those who may not retry. */
  retry: FormAction | null;
} & Partial<RowState>;

const CARD =
  "max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:border-b max-md:px-(--gutter) max-md:py-2.5";
const FAILED_CARD = "max-md:shadow-[inset_2px_0_0_var(--color-chart-failed)] max-md:[&>td:first-child]:shadow-none";

const CHOSEN_CARD = "max-md:bg-selected max-md:[&>td]:bg-transparent!";

/** One delivery: a table row, on phones a card of three lines. */
export const DeliveryTr = memo(function DeliveryTr(props: DeliveryRowProps) {
  const { row, columns, current, picked } = props;
  const failed = row.status === "failed";
  return (
    <Tr
      data-delivery={row.id}
      bar={current || picked ? "selected" : failed ? "bad" : undefined}
      className={cn(CARD, failed && FAILED_CARD, (current || picked) && CHOSEN_CARD)}
    >
      {columns.map((column) => {
        const Cell = CELLS[column];
        return <Cell key={column} {...props} />;
      })}
    </Tr>
  );
});
