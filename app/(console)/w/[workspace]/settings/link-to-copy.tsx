"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { useFormState } from "@/components/ui/form";

/** The link that an action has made, shown in its form this once. */
export function LinkToCopy({ hint }: { hint: string }) {
  const state = useFormState();
  const link = state.status === "done" ? state.data?.link : undefined;
  if (!link) return null;
  return (
    <div className="mt-3 grid gap-1.5">
      <div className="flex min-h-9 items-center gap-1 rounded-card border bg-surface pr-1 pl-3">
        <span className="mono min-w-0 flex-1 py-1 [overflow-wrap:anywhere]" data-link>
          {link}
        </span>
        <CopyButton text={link} label="Copy link" />
      </div>
      <p className="text-fg-3 text-xs">{hint}</p>
    </div>
  );
}
