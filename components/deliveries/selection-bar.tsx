"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { formatNumber } from "@/components/ui/format";
import { MOST_PICKED, useDesk } from "./list-desk";
import { useLiveRows } from "./live-rows";
import { PICK_FORM } from "./row-actions";

type SelectionBarProps = {
  /** Where a bulk job is looked at before it starts. */
  action: string;
  /** The list's filters, for all that match them. */
  query: string;
  /** `4 212` */
  total: string;
};

/**
 * What is picked, and what to do with it: a form that leads to the page where a bulk job starts. It stands over the
 * list's foot from the first ticked box on, without scripts as well.
 */
export function SelectionBar({ action, query, total }: SelectionBarProps) {
  const desk = useDesk();
  const rows = useLiveRows();
  const picked = desk?.picked.size ?? 0;
  const here = new Set(rows.map(({ id }) => id));
  const elsewhere = [...(desk?.picked ?? [])].filter((id) => !here.has(id));
  return (
    <form
      id={PICK_FORM}
      action={action}
      data-shown={picked > 0 || undefined}
      aria-label="Selection"
      className="invisible fixed right-0 bottom-0 left-0 z-4 flex h-11 items-center gap-2 border-t bg-accent-subtle pr-3 pl-(--gutter) text-sm group-has-checked/desk:visible data-shown:visible max-md:hidden md:left-14 xl:left-58 split:absolute split:left-0"
    >
      <input type="hidden" name="kind" value="retry" />
      {elsewhere.map((id) => (
        <input key={id} type="hidden" name="ids" value={id} />
      ))}
      <span role="status" className="font-medium text-accent-fg tabular-nums">
        {picked > 0 ? `${formatNumber(picked)} selected` : "Selected"}
        {picked === MOST_PICKED && <span className="font-normal text-fg-2"> · no more fit one selection</span>}
      </span>
      <span className="text-fg-3">·</span>
      <Link href={`${action}?kind=retry&${query}`} prefetch={false} className="link text-sm">
        Select all {total} matching
      </Link>
      <span className="ml-auto flex gap-2">
        <Button size="sm" variant="quiet" onClick={desk?.clear} title="Clear the selection (Esc)">
          Clear
        </Button>
        <Button size="sm" type="submit">
          Retry {picked > 0 ? formatNumber(picked) : "selected"}…
        </Button>
      </span>
    </form>
  );
}
