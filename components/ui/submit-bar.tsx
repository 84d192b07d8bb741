import type { ReactNode } from "react";

/** The foot of a long form, always in sight: its button, and whose data it changes. */
export function SubmitBar({ children, badge, note }: { children: ReactNode; badge: ReactNode; note: string }) {
  return (
    <div
      data-sticky
      className="sticky bottom-0 z-3 -mx-(--gutter) mt-auto flex flex-wrap items-center gap-2 border-t bg-bg px-(--gutter) py-3"
    >
      {children}
      <span className="ml-2 max-md:hidden">{badge}</span>
      <span className="text-fg-3 text-xs max-md:hidden">{note}</span>
    </div>
  );
}
