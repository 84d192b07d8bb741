"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { isPaused } from "@/components/live/live-store";

/** Renders the page anew again and again while the tab is shown: for a page that waits for one thing. */
export function KeepFresh({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  useEffect(() => {
    // One at a time: a new refresh would cancel the one on its way, and on a slow machine none would ever arrive.
    if (pending) return;
    const timer = setInterval(() => {
      if (!document.hidden && !isPaused()) start(() => router.refresh());
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs, pending]);
  return null;
}
