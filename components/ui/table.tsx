import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Pending } from "./pending";

type TableProps = ComponentProps<"table"> & {
  /** Says what the table lists, for people who do not see it. */
  label: string;
  /** Inside a bordered box; without it the table runs to the page's edges. */
  framed?: boolean;
  /** Below this width in px the table scrolls sideways inside its box. */
  minWidth?: number;
};

/** A real table of fixed column widths: give each `Th` a width class, leave one without. */
export function Table({ label, framed, minWidth, className, style, ...props }: TableProps) {
  const table = (
    <table
      aria-label={label}
      style={{ minWidth, ...style }}
      className={cn("w-full table-fixed text-sm", framed && "[&_tr:last-child>td]:border-b-0", className)}
      {...props}
    />
  );
  if (!framed) return table;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a box that scrolls must be reachable by keyboard
    <div
      role="group"
      aria-label={label}
      tabIndex={minWidth ? 0 : undefined}
      className="relative overflow-x-auto rounded-card border"
    >
      {table}
    </div>
  );
}

type CellProps = {
  /** Numbers stand on the right. */ end?: boolean /** First column: pads its left. */;
  lead?: boolean;
};

export function Th({ end, lead, className, ...props }: ComponentProps<"th"> & CellProps) {
  return (
    <th
      scope="col"
      className={cn(
        "sticky top-0 z-2 h-8 whitespace-nowrap border-b bg-bg pr-3 text-left font-medium text-fg-2 text-xs",
        end && "text-right",
        lead && "pl-3",
        className,
      )}
      {...props}
    />
  );
}

export function Td({ end, lead, className, ...props }: ComponentProps<"td"> & CellProps) {
  return (
    <td
      className={cn(
        "h-(--row) overflow-hidden text-ellipsis whitespace-nowrap border-b pr-3 group-hover/row:bg-hover",
        end && "text-right",
        lead && "pl-3",
        className,
      )}
      {...props}
    />
  );
}

type TrProps = ComponentProps<"tr"> & {
  /** `bad` draws the 2 px bar of a failure at the row's start, `selected` that of the selection. */
  bar?: "bad" | "selected";
};

export function Tr({ bar, className, ...props }: TrProps) {
  return (
    <tr
      className={cn(
        "group/row relative",
        bar === "bad" && "[&>td:first-child]:shadow-[inset_2px_0_0_var(--color-chart-failed)]",
        bar === "selected" && "[&>td:first-child]:shadow-[inset_2px_0_0_var(--color-accent-fg)] [&>td]:bg-selected",
        className,
      )}
      {...props}
    />
  );
}

/** The link that opens a row; its target is the whole row. */
export function RowLink({ className, children, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link className={cn("cover-link", className)} {...props}>
      {children}
      <Pending />
    </Link>
  );
}

/** An empty cell. */
export function None({ children = "–" }: { children?: ReactNode }) {
  return <span className="text-fg-3">{children}</span>;
}
