"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { formatDuration } from "@/components/ui/format";

/** Above this the seconds are left out. */
const COARSE_MS = 120_000;

/** How long something still lasts. At its end the page is asked for again. */
export function Countdown({ until, now }: { until: string; now: string }) {
  const router = useRouter();
  const [left, setLeft] = useState(Date.parse(until) - Date.parse(now));
  useEffect(() => {
    const timer = setInterval(() => {
      const rest = Date.parse(until) - Date.now();
      setLeft(rest);
      if (rest > 0) return;
      clearInterval(timer);
      router.refresh();
    }, 1_000);
    return () => clearInterval(timer);
  }, [until, router]);
  const shown = left > COARSE_MS ? Math.ceil(left / 60_000) * 60_000 : Math.max(Math.round(left / 1000) * 1000, 0);
  return <span className="font-medium tabular-nums">{formatDuration(shown)}</span>;
}
