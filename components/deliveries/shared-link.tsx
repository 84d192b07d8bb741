"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { useFormState } from "@/components/ui/form";

/** The link that the form around it has just made; it is shown this once. */
export function SharedLink() {
  const state = useFormState();
  const url = state.status === "done" ? state.data?.url : undefined;
  if (!url) return null;
  return (
    <div className="flex items-center gap-1 rounded-card border bg-surface py-1 pr-1 pl-3">
      <span className="mono min-w-0 flex-1 [overflow-wrap:anywhere]" data-shared-link>
        {url}
      </span>
      <CopyButton text={url} label="Copy link" />
    </div>
  );
}
