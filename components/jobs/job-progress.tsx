"use client";

import { Layers } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useRefresh } from "@/components/deliveries/use-refresh";
import { ICON_16 } from "@/components/ui/icon-size";
import type { LiveTopic } from "@/lib/live/channel.ts";

/** What every page's top bar says of what is under way: words already, so that the browser formats nothing. */
export type UnderWay = {
  href: string;
  name: string;
  words: string /** Where there is no room for words. */;
  percent: string;
  title: string;
  share: number;
};

const BUSY_MS = 2_000;
/** Somebody else may start a job. */
const IDLE_MS = 30_000;
const TOPICS: readonly LiveTopic[] = ["jobs"];

/** How far the bulk jobs are, on every page, while there are any. */
export function JobProgress({ href, initial }: { href: string; initial: UnderWay | null }) {
  const [known, setKnown] = useState({ initial, now: initial });
  // The server knows better than what was asked before.
  if (known.initial !== initial) setKnown({ initial, now: initial });
  const take = ({ underWay }: { underWay: UnderWay | null }) => setKnown({ initial, now: underWay });
  useRefresh(href, known.now ? BUSY_MS : IDLE_MS, take, TOPICS);
  const { now } = known;
  if (!now) return null;
  return (
    <Link
      href={now.href}
      prefetch={false}
      title={now.title}
      className="mr-1 inline-flex h-8 items-center gap-2 rounded-control px-2 text-fg-2 text-sm tabular-nums hover:bg-hover touch:h-11 max-md:px-1"
    >
      <Layers {...ICON_16} />
      <span className="max-md:sr-only">{now.name}</span>
      <span className="max-sm:sr-only">{now.words}</span>
      <span aria-hidden="true" className="sm:hidden">
        {now.percent}
      </span>
      <span
        role="progressbar"
        aria-label={now.title}
        aria-valuenow={Math.round(now.share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1 w-14 overflow-hidden rounded-badge bg-muted max-md:hidden"
      >
        <span className="block h-1 bg-fg-2" style={{ width: `${now.share * 100}%` }} />
      </span>
    </Link>
  );
}
