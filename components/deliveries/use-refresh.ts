"use client";

import { useCallback, useEffect, useRef } from "react";

/** How often unfinished things are asked about. */
export const BUSY_MS = 3_000;
/** How often a list whose rows are all finished asks for newer ones. */
export const IDLE_MS = 10_000;

/**
 * Fetches `href` again and again while the tab is shown, at once when it is shown again and after any form was carried
 * out; without an interval only after a form. A failed call is skipped: the next one comes anyway.
 */
export function useRefresh<Answer>(href: string | null, everyMs: number | null, take: (answer: Answer) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });

  const ask = useCallback(async (address: string, signal: AbortSignal) => {
    if (document.hidden) return;
    try {
      const response = await fetch(address, { signal, headers: { accept: "application/json" }, redirect: "error" });
      if (response.ok) latest.current(await response.json());
    } catch {
      // Offline, signed out or leaving the page; what is shown stays as true as it was.
    }
  }, []);

  useEffect(() => {
    if (!href) return;
    const stop = new AbortController();
    const now = () => void ask(href, stop.signal);
    const timer = everyMs === null ? undefined : setInterval(now, everyMs);
    if (timer) document.addEventListener("visibilitychange", now, { signal: stop.signal });
    document.addEventListener("form-done", now, { signal: stop.signal });
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [href, everyMs, ask]);
}
