"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Kbd } from "@/components/ui/kbd";
import { Pending } from "@/components/ui/pending";
import { SIDE_ITEM } from "./side-item";

const ACTIVE =
  "before:absolute before:inset-y-1.5 before:-left-2 before:w-0.5 before:rounded-r-xs before:bg-accent-fg current:bg-muted current:font-medium current:text-fg current:[&>svg]:text-fg";

/** On the rail the name is a tooltip, for the pointer and for the focus alike; beside the icon it is there anyway. */
const NAME =
  "truncate rail:pointer-events-none rail:absolute rail:left-full rail:z-20 rail:ml-2.5 rail:rounded-control rail:bg-fg rail:px-2 rail:py-1 rail:font-medium rail:text-bg rail:text-xs rail:opacity-0 rail:group-hover/nav:opacity-100 rail:group-focus-visible/nav:opacity-100";
const HINT = "ml-auto text-fg-3 opacity-0 group-hover/nav:opacity-100 group-focus-visible/nav:opacity-100 rail:hidden";

type NavLinkProps = {
  href: string;
  label: string;
  /** The shortcut that leads there. */
  keys?: string;
  children: ReactNode;
};

/** A page in the sidebar. Active on the page itself and on all below it. */
export function NavLink({ href, label, keys, children }: NavLinkProps) {
  const path = usePathname();
  const active = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-keyshortcuts={keys}
      aria-current={active ? (path === href ? "page" : "true") : undefined}
      className={clsx(SIDE_ITEM, "group/nav", active && ACTIVE)}
    >
      {children}
      <span className={NAME}>
        {label}
        {keys && (
          <span className="ml-2 hidden rail:inline">
            <Kbd keys={keys} />
          </span>
        )}
      </span>
      {keys && <Kbd keys={keys} className={HINT} />}
      <Pending />
    </Link>
  );
}
