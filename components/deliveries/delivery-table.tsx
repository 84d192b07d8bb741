import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { shortZoneName } from "@/components/ui/format-time";
import { Table, Th } from "@/components/ui/table";
import { COLUMNS, type Column, DEFAULT_COLUMNS } from "./columns";

type DeliveryTableProps = {
  zone: string;
  /** Of the first row, for the head of the time column. */
  day: string;
  columns?: readonly Column[];
  /** In a box inside a page, its own or one that is there; else it runs to the page's edges and its head stays in sight. */
  framed?: boolean | "inside";
  children: ReactNode;
};

/** Narrow, and where there is room for all: the same from the first paint on. */
const WIDTHS: Record<Column, string> = {
  status: "w-31 wide:w-32 pl-(--gutter)",
  type: "w-38.5 wide:w-47",
  endpoint: "",
  customer: "w-28 wide:w-32",
  attempts: "w-30 wide:w-33",
  response: "w-18 wide:w-33",
  next: "hidden wide:table-cell w-34",
  created: "w-22 wide:w-35",
  id: "hidden wide:table-cell w-32",
};
const FRAMED_WIDTHS: Partial<Record<Column, string>> = {
  type: "w-38 wide:w-32",
  next: "hidden wide:table-cell w-30",
};

/** The head of every list of deliveries; its rows are `DeliveryRows`. It fits the container named `list`. */
export function DeliveryTable({ zone, day, columns = DEFAULT_COLUMNS, framed, children }: DeliveryTableProps) {
  return (
    <Table label="Deliveries" framed={framed === true} className="max-md:block">
      <thead className="max-md:hidden">
        <tr>
          {columns.map((column) => (
            <Th
              key={column}
              className={cn(!framed && "top-12 split:top-0", WIDTHS[column], framed && FRAMED_WIDTHS[column])}
            >
              <Head column={column} zone={zone} day={day} />
            </Th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">{children}</tbody>
    </Table>
  );
}

function Head({ column, zone, day }: { column: Column; zone: string; day: string }) {
  if (column === "next") return `${COLUMNS.next} (${shortZoneName(zone)})`;
  if (column !== "created") return COLUMNS[column];
  return (
    <>
      <span className="hidden wide:inline">{COLUMNS.created}, </span>
      {day} ({shortZoneName(zone)})
    </>
  );
}
