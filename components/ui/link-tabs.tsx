"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { formatNumber } from "./format";

export type LinkTab = {
  href: string;
  label: string;
  count?: number /** Else the tab whose path is the page's. */;
  current?: boolean;
};

/** Tabs that are pages: each has its address. */
export function LinkTabs({
  tabs,
  label = "Sections",
  className,
}: {
  tabs: LinkTab[];
  label?: string;
  className?: string;
}) {
  const path = usePathname();
  return (
    <nav
      aria-label={label}
      className={clsx("no-scrollbar flex h-10 items-stretch gap-5 overflow-x-auto border-b touch:h-11", className)}
    >
      {tabs.map(({ href, label: word, count, current }) => (
        <Link
          key={href}
          href={href}
          scroll={false}
          aria-current={(current ?? href.split("?")[0] === path) ? "page" : undefined}
          className="relative flex min-w-6 items-center gap-1.5 whitespace-nowrap text-fg-2 text-sm after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 hover:text-fg focus-inset current:font-medium current:text-fg current:after:bg-accent-fg print:not-aria-[current=page]:hidden"
        >
          {word}
          {count !== undefined && <span className="font-normal text-fg-3 tabular-nums">{formatNumber(count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
