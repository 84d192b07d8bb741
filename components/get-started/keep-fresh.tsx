"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Renders the page anew again and again while the tab is shown: for a page that waits for one thing. */
export function KeepFresh({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
