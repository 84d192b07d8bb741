"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState, useTransition } from "react";
import { isPaused, isTold, onChange } from "./live-store";
import { Pace } from "./pace";

/** A whole page is dearer than a few rows. */
const LEAST_GAP_MS = 5_000;
/** How often it is rendered anew where nobody tells of changes. */
const UNTOLD_EVERY_MS = 15_000;
/** Figures of the last hour change with the clock alone. */
const TOLD_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 5_000;

/** Renders the page anew when something has changed; not while somebody is about to press something on it. */
export function RefreshPage({ leastGapMs = LEAST_GAP_MS }: { leastGapMs?: number }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [pace] = useState(() => new Pace(leastGapMs));
  const [rendered] = useState(() => ({ at: 0, isOutdated: false }));
  const refresh = useEffectEvent(async () => {
    rendered.isOutdated = pending || document.hidden || isPaused() || isInUse();
    if (rendered.isOutdated) return;
    rendered.at = performance.now();
    start(() => router.refresh());
  });

  useEffect(() => {
    rendered.at = performance.now();
    const ask = () => refresh();
    const stopHearing = onChange(() => pace.soon(ask));
    const timer = setInterval(() => {
      const everyMs = isTold() ? TOLD_EVERY_MS : UNTOLD_EVERY_MS;
      if (rendered.isOutdated || performance.now() - rendered.at >= everyMs) pace.soon(ask);
    }, LOOK_EVERY_MS);
    return () => {
      stopHearing();
      clearInterval(timer);
      pace.cancel();
    };
  }, [pace, rendered]);
  return null;
}

/** What moves under a pointer, or under the keyboard's focus, is pressed by mistake. */
function isInUse(): boolean {
  return document.querySelector("main :is(a, button, summary):hover, main :focus-visible") !== null;
}
