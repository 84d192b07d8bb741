import { X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ICON_14 } from "@/components/ui/icon-size";
import { Pending } from "@/components/ui/pending";

type FilterPillProps = {
  /** `Status` */
  name?: string;
  /** Says what is removed where no name is shown. */
  label?: string;
  children: ReactNode;
  /** The list without this filter. */
  removeHref: string;
  /** The popover in which it is changed. */
  popover: string;
};

/** A filter in force: its words open the filter panel, its cross removes it. */
export function FilterPill({ name, label = name?.toLowerCase(), children, removeHref, popover }: FilterPillProps) {
  return (
    <span className="inline-flex h-7 max-w-full shrink-0 items-stretch overflow-clip whitespace-nowrap rounded-control border border-border-strong text-sm touch:h-11">
      <button
        type="button"
        popoverTarget={popover}
        className="focus-inset flex min-w-0 items-center gap-1 pr-1 pl-2.25 hover:bg-hover"
      >
        {name && <span className="text-fg-3">{name}</span>}
        <span className="truncate">{children}</span>
      </button>
      <Link
        href={removeHref}
        aria-label={`Remove filter${label ? ` ${label}` : ""}`}
        title="Remove"
        className="focus-inset flex min-w-6 items-center justify-center pr-1 text-fg-3 hover:bg-hover touch:min-w-9"
      >
        <X {...ICON_14} />
        <Pending />
      </Link>
    </span>
  );
}
