import { clsx } from "clsx";
import type { ReactNode } from "react";

const WIDTHS = {
  fluid: "",
  detail: "max-w-[calc(1280px+2*var(--gutter))]",
  form: "max-w-[calc(720px+2*var(--gutter))]",
};

/** The padding and width of a page's content: tables fluid, details 1 280, forms and settings 720. */
export function Page({ width = "fluid", flush = false, className, children }: PageProps) {
  return <div className={clsx("page-x", !flush && "pb-12 touch:pb-24", WIDTHS[width], className)}>{children}</div>;
}
type PageProps = {
  width?: keyof typeof WIDTHS;
  /** What stands last goes to the edge, such as the bar that sends a form. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

type PageHeaderProps = {
  title: ReactNode;
  /** Beside the title: how many there are. */
  count?: ReactNode;
  /** On the right: what can be done here, one primary at most. */
  actions?: ReactNode;
  /** Beside the title, such as a badge. */
  children?: ReactNode;
  /** Lower, above a list that fills the page. */
  compact?: boolean;
  className?: string;
};

/** The one `h1` of a page and its actions. */
export function PageHeader({ title, count, actions, children, compact = false, className }: PageHeaderProps) {
  return (
    <div
      className={clsx("flex flex-wrap items-center gap-x-3 gap-y-2", compact ? "min-h-12" : "min-h-13 py-2", className)}
    >
      <h1 className="min-w-0 text-xl [overflow-wrap:anywhere]">{title}</h1>
      {count !== undefined && <span className="text-fg-3 text-sm tabular-nums">{count}</span>}
      {children}
      {actions && (
        <div className="ml-auto flex flex-wrap items-center gap-2 max-md:has-[>:nth-child(2)]:ml-0">{actions}</div>
      )}
    </div>
  );
}
