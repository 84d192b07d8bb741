"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";

/** What was opened over the page closes when a link in it leads elsewhere. */
export function ClosePopovers() {
  const path = usePathname();
  useEffect(() => {
    if (!path) return;
    for (const open of document.querySelectorAll<HTMLElement>(":popover-open")) open.hidePopover();
  }, [path]);
  return null;
}
