import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { zoneName } from "@/components/ui/format-time";
import { Table, Th } from "@/components/ui/table";

type DeliveryTableProps = {
  zone: string;
  /** Of the first row, for the head of the time column. */
  day: string;
  /** In a box inside a page, its own or one that is there; else it runs to the page's edges and its head stays in sight. */
  framed?: boolean | "inside";
  children: ReactNode;
};

/** The head of every list of deliveries; its rows are `DeliveryRows`. It fits the container named `list`. */
export function DeliveryTable({ zone, day, framed, children }: DeliveryTableProps) {
  const name = zoneName(zone);
  const head = framed ? "" : "top-12";
  return (
    <Table label="Deliveries" framed={framed === true} className={cn("max-md:block", !framed && "border-t")}>
      <thead className="max-md:hidden">
        <tr>
          <Th className={`${head} w-32 pl-(--gutter)`}>Status</Th>
          <Th className={`${head} w-38 ${framed ? "wide:w-32" : "wide:w-47"}`}>Event type</Th>
          <Th className={head}>Endpoint</Th>
          <Th className={`${head} w-28 wide:w-35`}>Attempts</Th>
          <Th className={`${head} w-20 wide:w-33`}>Response</Th>
          <Th className={`${head} hidden wide:table-cell ${framed ? "w-30" : "w-34"}`}>Next retry ({name})</Th>
          <Th className={`${head} w-22 wide:w-35.5`}>
            <span className="hidden wide:inline">Created, </span>
            {day} <span className="hidden wide:inline">({name})</span>
          </Th>
          <Th className={`${head} hidden w-33 wide:table-cell`}>ID</Th>
        </tr>
      </thead>
      <tbody className="max-md:block">{children}</tbody>
    </Table>
  );
}
