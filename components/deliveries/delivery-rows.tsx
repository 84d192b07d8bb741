"use client";

import { Fragment } from "react";
import type { FormAction } from "@/lib/web/action.ts";
import { type Column, DEFAULT_COLUMNS } from "./columns";
import { DeliveryTr } from "./delivery-row";
import { useDesk } from "./list-desk";
import { useLiveRows } from "./live-rows";

type DeliveryRowsProps = { slug: string; retry: FormAction | null; columns?: readonly Column[] };

/** The rows of a `DeliveryTable`, with a thin row where the day changes. */
export function DeliveryRows({ slug, retry, columns = DEFAULT_COLUMNS }: DeliveryRowsProps) {
  const rows = useLiveRows();
  const desk = useDesk();
  return rows.map((row, index) => {
    const previous = rows[index - 1];
    const state = desk && {
      current: desk.current === row.id,
      open: desk.open,
      ...(retry && { picked: desk.picked.has(row.id), pick: desk.pick }),
    };
    return (
      <Fragment key={row.id}>
        {previous && previous.created.day !== row.created.day && <DayRow day={row.created.day} columns={columns} />}
        <DeliveryTr row={row} slug={slug} retry={retry} columns={columns} {...state} />
      </Fragment>
    );
  });
}

/** Only a list with room shows these two. */
const WIDE_ONLY: readonly Column[] = ["next", "id"];

function DayRow({ day, columns }: { day: string; columns: readonly Column[] }) {
  const wide = columns.filter((column) => WIDE_ONLY.includes(column)).length;
  return (
    <tr className="max-md:block">
      <th
        scope="rowgroup"
        colSpan={columns.length - wide}
        className="h-6 border-b bg-surface pl-(--gutter) text-left font-medium text-fg-2 text-xs max-md:block max-md:leading-6"
      >
        {day}
      </th>
      {wide > 0 && <td colSpan={wide} className="hidden border-b bg-surface wide:table-cell" />}
    </tr>
  );
}
