import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { ICON_20 } from "./icon-size";

type EmptyStateProps = {
  icon?: LucideIcon;
  title: string;
  /** One sentence: why it is empty and what fills it. */
  children?: ReactNode;
  /** What to do about it. */
  action?: ReactNode;
  /** Draws two ghost rows of the table that will stand here. */
  ghost?: boolean;
  className?: string;
};

/** Nothing here, why, and what to do: left-aligned, where the content will be. */
export function EmptyState({ icon: Icon, title, children, action, ghost, className }: EmptyStateProps) {
  return (
    <div className={cn("rounded-card border", className)}>
      {ghost && <GhostRows />}
      <div className="flex gap-3 px-4 py-5">
        {Icon && <Icon {...ICON_20} className="mt-px text-fg-3" />}
        <div className="min-w-0 max-w-160">
          <p className="font-semibold">{title}</p>
          {children && <div className="mt-1 text-fg-2 text-sm">{children}</div>}
          {action && <div className="mt-3 flex flex-wrap items-center gap-2">{action}</div>}
        </div>
      </div>
    </div>
  );
}

function GhostRows() {
  return (
    <div aria-hidden="true">
      {["w-24", "w-32"].map((width) => (
        <div key={width} className="flex h-10 items-center gap-6 border-b px-4">
          <span className="h-2 w-16 rounded-badge bg-muted" />
          <span className={cn("h-2 rounded-badge bg-muted", width)} />
          <span className="h-2 w-40 rounded-badge bg-muted" />
          <span className="ml-auto h-2 w-20 rounded-badge bg-muted" />
        </div>
      ))}
    </div>
  );
}
