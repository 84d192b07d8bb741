"use client";

import { RotateCw } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { UrlText } from "@/components/ui/chips";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { ActionForm } from "@/components/ui/form";
import { shortId } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { StatusBadge } from "@/components/ui/status-badge";
import { None, RowLink, Td, Tr } from "@/components/ui/table";
import type { FormAction } from "@/lib/web/action.ts";
import { Answer, Attempts } from "./delivery-cells";
import type { DeliveryRowView } from "./row-view";

type DeliveryRowProps = {
  row: DeliveryRowView;
  slug: string;
  /** Null for those who may not retry. */
  retry: FormAction | null;
};

const CARD_CELL = "max-md:block max-md:h-auto max-md:min-h-5 max-md:border-0 max-md:p-0 max-md:bg-transparent";

/** One delivery: a table row, on phones a card of three lines. */
export function DeliveryTr({ row, slug, retry }: DeliveryRowProps) {
  return (
    <Tr
      bar={row.status === "failed" ? "bad" : undefined}
      className={cn(
        "max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:border-b max-md:px-(--gutter) max-md:py-2.5",
        row.status === "failed" &&
          "max-md:shadow-[inset_2px_0_0_var(--color-chart-failed)] max-md:[&>td:first-child]:shadow-none",
      )}
    >
      <Td className={cn(CARD_CELL, "pl-(--gutter) max-md:order-1")}>
        <StatusBadge status={row.shown} quiet />
      </Td>
      <Td className={cn(CARD_CELL, "max-md:order-3 max-md:font-medium")}>
        <RowLink href={`/w/${slug}/deliveries/${row.id}`} prefetch={false}>
          {row.eventType}
        </RowLink>
        {row.test && <span className="ml-1.5 text-fg-3 text-xs">test</span>}
      </Td>
      <Td className={cn(CARD_CELL, "max-md:order-5")}>
        <UrlText url={row.url} />
      </Td>
      <Td className={cn(CARD_CELL, "max-md:order-4 max-md:text-right")}>
        <Attempts attempts={row.attempts} />
        {row.next && <span className="ml-2 text-fg-2 wide:hidden">{row.next.relative}</span>}
      </Td>
      <Td className={cn(CARD_CELL, "max-md:order-6 max-md:text-right")}>
        <Answer answer={row.answer} took={row.took} />
      </Td>
      <Td className="hidden wide:table-cell">
        <Next row={row} />
      </Td>
      <Td className={cn(CARD_CELL, "max-md:order-2 max-md:text-right")}>
        <time dateTime={row.created.iso} title={row.created.title} className="mono">
          {row.created.clock}
          <span className="hidden text-fg-3 wide:inline">.{row.created.ms}</span>
        </time>
      </Td>
      <Td className="hidden wide:table-cell">
        <span className="mono text-fg-2 group-focus-within/row:invisible group-hover/row:invisible" title={row.id}>
          {shortId(row.id)}
        </span>
        <RowActions row={row} slug={slug} retry={retry} />
      </Td>
    </Tr>
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
  if (row.reason) {
    return (
      <span className="text-fg-2" title={row.reason}>
        {row.reason}
      </span>
    );
  }
  return <None />;
}

/** Over the id, on hover and while anything in the row has the focus. */
function RowActions({ row, slug, retry }: DeliveryRowProps) {
  return (
    <span className="absolute top-1/2 right-2 z-1 flex -translate-y-1/2 gap-0.5 rounded-control bg-bg p-px opacity-0 shadow-[0_0_0_1px_var(--color-border-strong)] group-focus-within/row:opacity-100 group-hover/row:opacity-100">
      {retry && row.retryable && (
        <ActionForm action={retry} workspace={slug} feedback="toast">
          <input type="hidden" name="delivery" value={row.id} />
          <button
            type="submit"
            aria-label={`Retry delivery ${shortId(row.id)}`}
            title="Retry delivery"
            className={buttonClass({ variant: "quiet", size: "sm", icon: true })}
          >
            <RotateCw {...ICON_14} />
          </button>
        </ActionForm>
      )}
      <CopyButton text={row.id} label={`Copy delivery ID ${shortId(row.id)}`} />
    </span>
  );
}
