"use client";

import { Check, Minus } from "lucide-react";
import type { ComponentProps } from "react";

const BOX =
  "peer size-4 appearance-none rounded-badge border border-control bg-bg checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:bg-muted disabled:checked:border-control disabled:checked:bg-muted";

type TreeCheckboxProps = Omit<ComponentProps<"input">, "type"> & { mixed?: boolean };

/** A box that may be mixed, which HTML can only be told by script. */
export function TreeCheckbox({ mixed = false, ...props }: TreeCheckboxProps) {
  return (
    <span className="relative grid size-4 shrink-0 place-items-center">
      <input
        ref={(box) => {
          if (box) box.indeterminate = mixed;
        }}
        type="checkbox"
        className={BOX}
        {...props}
      />
      <Check
        size={12}
        strokeWidth={3}
        aria-hidden
        className="pointer-events-none absolute hidden text-white peer-checked:block peer-indeterminate:hidden peer-disabled:text-fg-2"
      />
      <Minus
        size={12}
        strokeWidth={3}
        aria-hidden
        className="pointer-events-none absolute hidden text-white peer-indeterminate:block"
      />
    </span>
  );
}
