"use client";

import { RotateCw } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ActionForm } from "@/components/ui/form";
import { shortId } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import type { DeliveryRowProps, RowState } from "./delivery-row";
import { RowMenuButton } from "./row-menu";

/** The form that picked rows are sent with; it stands outside the table, since rows have forms of their own. */
export const PICK_FORM = "picked-deliveries";

/** In the row's left gutter, on hover, while anything in the row has the focus, and once it is ticked. */
export function RowPick({ id, picked, pick }: { id: string } & Pick<RowState, "picked" | "pick">) {
  return (
    <label className="group/pick absolute inset-y-0 left-0 z-1 grid w-6 place-items-center max-md:hidden">
      <input
        type="checkbox"
        form={PICK_FORM}
        name="ids"
        value={id}
        checked={picked}
        aria-label={`Select ${shortId(id)}`}
        onChange={({ currentTarget, nativeEvent }) => {
          const withRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
          pick(id, currentTarget.checked, withRange);
        }}
        className="size-4 accent-accent opacity-0 checked:opacity-100 focus-visible:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100"
      />
    </label>
  );
}

/** On hover and while anything in the row has the focus: over the id, without room for one over the attempts. */
export function RowActions({ row, slug, retry }: DeliveryRowProps) {
  return (
    <span className="absolute top-1/2 right-41 z-1 flex -translate-y-1/2 gap-0.5 rounded-control bg-bg p-px opacity-0 shadow-[0_0_0_1px_var(--color-border-strong)] group-focus-within/row:opacity-100 group-hover/row:opacity-100 max-md:hidden wide:right-2">
      {retry && row.retryable && (
        <ActionForm action={retry} workspace={slug} feedback="toast">
          <input type="hidden" name="delivery" value={row.id} />
          <button
            type="submit"
            aria-label={`Retry delivery ${shortId(row.id)}`}
            aria-keyshortcuts="r"
            title="Retry delivery (r)"
            className={buttonClass({ variant: "quiet", size: "sm", icon: true })}
          >
            <RotateCw {...ICON_14} />
          </button>
        </ActionForm>
      )}
      <CopyButton text={row.id} label={`Copy delivery ID ${shortId(row.id)}`} />
      <RowMenuButton id={row.id} />
    </span>
  );
}
