"use client";

import { useEffect, useRef, useState } from "react";
import { isPaused, isTold, onChange } from "@/components/live/live-store";
import { Pace } from "@/components/live/pace";
import type { LiveTopic } from "@/lib/live/channel.ts";

/** How often unfinished things are asked about while nobody tells of changes. */
export const BUSY_MS = 3_000;
/** How often a list whose rows are all finished asks for newer ones. */
export const IDLE_MS = 10_000;

/** Told of changes, a page asks by the clock this many times less often: for what nobody tells, such as time going by. */
const SELDOM = 3;
const LEAST_GAP_MS = 1_000;

const DELIVERIES: readonly LiveTopic[] = ["deliveries"];

/**
 * Fetches `href` whenever something has changed, and again and again where nobody tells; at once when the tab is shown
 * again and after any form was carried out. Without an interval only after a form. A hidden tab does not ask, nor does
 * one whose live updates are paused. A failed call is skipped: the next one comes anyway.
 */
export function useRefresh<Answer>(
  href: string | null,
  everyMs: number | null,
  take: (answer: Answer) => void,
  topics: readonly LiveTopic[] = DELIVERIES,
): void {
  const latest = useRef(take);
  const [pace] = useState(() => new Pace(LEAST_GAP_MS));
  const about = topics.join();
  useEffect(() => {
    latest.current = take;
  });

  useEffect(() => {
    if (!href) return;
    const stop = new AbortController();
    const ask = async () => {
      const answer = await fetchJson<Answer>(href, stop.signal);
      if (answer !== null) latest.current(answer);
    };
    const now = () => pace.now(ask);
    document.addEventListener("form-done", now, { signal: stop.signal });
    const stopAsking = everyMs === null ? () => {} : keepAsking(pace, ask, everyMs, about);
    return () => {
      stopAsking();
      stop.abort();
    };
  }, [href, everyMs, about, pace]);
}

function keepAsking(pace: Pace, ask: () => Promise<void>, everyMs: number, about: string): () => void {
  const mayAsk = () => !document.hidden && !isPaused();
  const isDue = () => !isTold() || pace.restedMs() >= SELDOM * everyMs;
  const timer = setInterval(() => mayAsk() && isDue() && pace.now(ask), everyMs);
  const stopHearing = onChange((topics) => {
    if (topics.some((topic) => about.includes(topic)) && mayAsk()) pace.soon(ask);
  });
  const onShown = () => mayAsk() && pace.now(ask);
  document.addEventListener("visibilitychange", onShown);
  // What was told while the address changed was asked at the old one.
  pace.resume(ask);
  return () => {
    clearInterval(timer);
    stopHearing();
    document.removeEventListener("visibilitychange", onShown);
    pace.cancel();
  };
}

async function fetchJson<Answer>(href: string, signal: AbortSignal): Promise<Answer | null> {
  try {
    const response = await fetch(href, { signal, headers: { accept: "application/json" }, redirect: "error" });
    return response.ok ? await response.json() : null;
  } catch {
    // Offline, signed out or leaving the page; what is shown stays as true as it was.
    return null;
  }
}
