"use client";

import { useEffect, useState } from "react";
import type { Found } from "./commands";

/** So that a word is asked for, not each of its letters. */
const PAUSE_MS = 120;
const LEAST_LETTERS = 2;

/** The things of the workspace whose names have the text; those of the last text stay until the next answer. */
export function useFound(slug: string, text: string): Found[] {
  const [found, setFound] = useState<Found[]>([]);
  const typed = text.trim();
  useEffect(() => {
    if (typed.length < LEAST_LETTERS) return setFound([]);
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask(`/w/${slug}/search/matches?q=${encodeURIComponent(typed)}`, controller.signal);
      if (answer) setFound(answer);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [slug, typed]);
  return found;
}

async function ask(href: string, signal: AbortSignal): Promise<Found[] | null> {
  try {
    const answer = await fetch(href, { signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    // Typed on, or no connection: the pages and commands are still there.
    return null;
  }
}
