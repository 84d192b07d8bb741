"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useFormContext } from "@/components/ui/form";
import { ICON_16 } from "@/components/ui/icon-size";

type FoldProps = {
  title: string;
  /** What is set inside, in words: most people never open it. */
  summary: ReactNode;
  /** The form's names of the fields inside: an error of theirs opens it. */
  names: string[];
  open?: boolean;
  children: ReactNode;
};

/** Fields that rarely need touching, folded, with their present values in the summary line. Stands in a `FoldList`. */
export function Fold({ title, summary, names, open = false, children }: FoldProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const { state } = useFormContext();
  const wrong = state.status === "invalid" && names.some((name) => state.errors[name]?.length);
  // A message nobody sees is no message.
  useEffect(() => {
    if (wrong && details.current) details.current.open = true;
  }, [wrong]);
  return (
    <details ref={details} open={open || wrong} className="group/fold border-b last:border-b-0">
      <summary className="focus-inset grid cursor-pointer list-none grid-cols-[16px_minmax(0,1fr)] items-start gap-2.5 px-3 py-2.5 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight {...ICON_16} className="mt-0.5 text-fg-3 group-open/fold:rotate-90" />
        <span>
          <span className="font-medium">{title}</span>
          <span className="mt-0.5 block text-fg-3 text-xs [overflow-wrap:anywhere]">{summary}</span>
        </span>
      </summary>
      <div className="grid gap-4 border-t px-3 py-4">{children}</div>
    </details>
  );
}

/** Folds of one form, one under the other in a box. */
export function FoldList({ children }: { children: ReactNode }) {
  return <div className="overflow-hidden rounded-card border">{children}</div>;
}

/** Two fields side by side where there is room. */
export function FieldPair({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-2 items-start gap-4 max-md:grid-cols-1">{children}</div>;
}
