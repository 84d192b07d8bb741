import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass, IconLink } from "./button";
import { cn } from "./cn";
import { ICON_16 } from "./icon-size";
import { Pending } from "./pending";

type PaginationProps = {
  /** Addresses of the pages beside this one; null where there is none. */
  previous: string | null;
  next: string | null;
  /** On the left: what is shown. */
  children?: ReactNode;
  className?: string;
};

/** The foot of a list: what it shows, and the pages beside this one. */
export function Pagination({ previous, next, children, className }: PaginationProps) {
  return (
    <nav
      data-sticky
      aria-label="Pages"
      className={cn("flex min-h-9 items-center gap-3 text-fg-2 text-xs tabular-nums", className)}
    >
      {children}
      <span className="ml-auto flex">
        <Step href={previous} label="Newer">
          <ChevronLeft {...ICON_16} />
        </Step>
        <Step href={next} label="Older">
          <ChevronRight {...ICON_16} />
        </Step>
      </span>
    </nav>
  );
}

function Step({ href, label, children }: { href: string | null; label: string; children: ReactNode }) {
  if (href) {
    return (
      <IconLink href={href} label={label} prefetch={false}>
        {children}
        <Pending />
      </IconLink>
    );
  }
  return (
    <span aria-hidden="true" className={cn(buttonClass({ variant: "quiet", size: "sm", icon: true }), "opacity-40")}>
      {children}
    </span>
  );
}
