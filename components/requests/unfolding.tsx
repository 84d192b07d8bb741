import type { ReactNode } from "react";
import { type ButtonVariant, buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

type UnfoldingProps = { label: string; variant?: ButtonVariant; children: ReactNode };

/** A button of a row that opens a form below itself, across the whole row; without scripts too. */
export function Unfolding({ label, variant, children }: UnfoldingProps) {
  return (
    <details className="group/unfolding min-w-0 open:basis-full max-md:open:col-span-full">
      <summary
        className={cn(
          buttonClass({ variant, size: "sm" }),
          // Open, the one button that leads on is the form's own.
          "group-open/unfolding:border-border-strong group-open/unfolding:bg-bg group-open/unfolding:text-fg",
          "group-open/unfolding:hover:border-border-strong group-open/unfolding:hover:bg-hover",
          "cursor-pointer list-none max-md:w-full [&::-webkit-details-marker]:hidden",
        )}
      >
        {label}
      </summary>
      <div className="grid max-w-120 gap-3 py-3">{children}</div>
    </details>
  );
}
