"use client";

import { useCallback, useEffect, useRef } from "react";

/** How often unfinished things are asked about, and how often only for what is new. */
const BUSY_MS = 3_000;
const IDLE_MS = 10_000;

/**
 * Fetches `href` again and again while the tab is shown, at once when it is shown again and after any form was carried
 * out. Without an address it rests. A failed call is skipped: the next one comes anyway.
 */
export function useRefresh<Answer>(href: string | null, busy: boolean, take: (answer: Answer) => void): void {
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
    const timer = setInterval(now, busy ? BUSY_MS : IDLE_MS);
    document.addEventListener("visibilitychange", now, { signal: stop.signal });
    document.addEventListener("form-done", now, { signal: stop.signal });
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [href, busy, ask]);
}
