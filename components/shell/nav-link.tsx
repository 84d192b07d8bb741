"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Pending } from "@/components/ui/pending";
import { SIDE_ITEM } from "./side-item";

const ACTIVE =
  "before:absolute before:inset-y-1.5 before:-left-2 before:w-0.5 before:rounded-r-xs before:bg-accent-fg bg-muted font-medium text-fg [&>svg]:text-fg";

/** A page in the sidebar. Active on the page itself and on all below it. */
export function NavLink({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  const path = usePathname();
  const active = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      title={label}
      aria-current={active ? (path === href ? "page" : "true") : undefined}
      className={cn(SIDE_ITEM, active && ACTIVE)}
    >
      {children}
      <span className="truncate rail:sr-only">{label}</span>
      <Pending />
    </Link>
  );
}
