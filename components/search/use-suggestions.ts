"use client";

import { useEffect, useState } from "react";
import type { Suggestion } from "./suggestion";

/** How long typing rests before it is asked. */
const REST_MS = 90;

/** What the server offers for a word, while the box is open; what it offered before stays until then. */
export function useSuggestions(href: string, word: string, open: boolean): Suggestion[] {
  const [found, setFound] = useState<Suggestion[]>([]);
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      fetch(`${href}&word=${encodeURIComponent(word)}`, { signal: stop.signal, redirect: "error" })
        .then(async (response) => response.ok && setFound(await response.json()))
        // Typed on, or offline: the box works without suggestions.
        .catch(() => {});
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [href, word, open]);
  return found;
}
