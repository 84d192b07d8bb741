"use client";

import { useEffect, useRef } from "react";
import { isPaused, isTold, onChange } from "@/components/live/live-store";
import type { LiveTopic } from "@/lib/live/channel.ts";

/** How often unfinished things are asked about while nobody tells of changes. */
export const BUSY_MS = 3_000;
/** How often a list whose rows are all finished asks for newer ones. */
export const IDLE_MS = 10_000;

/** Told of changes, a page asks by the clock this many times less often: for what nobody tells, such as time going by. */
const SELDOM = 3;
/** However much changes, a page asks no more often, and rests longer than its answers take to make. */
const LEAST_GAP_MS = 1_000;
const REST_FACTOR = 5;

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
  topics = DELIVERIES,
): void {
  const latest = useRef(take);
  const pace = useRef(new Pace());
  const about = topics.join();
  useEffect(() => {
    latest.current = take;
  });

  useEffect(() => {
    if (!href) return;
    const stop = new AbortController();
    const ask = () => fetchJson<Answer>(href, stop.signal).then((answer) => answer && latest.current(answer));
    const now = () => pace.current.now(ask);
    const told = (changed: readonly LiveTopic[]) => changed.some((topic) => about.includes(topic)) && pace.current.soon(ask);
    const tick = () => !isPaused() && (!isTold() || pace.current.restedMs() >= SELDOM * (everyMs ?? 0)) && now();
    const timer = everyMs === null ? undefined : setInterval(tick, everyMs);
    const unlisten = everyMs === null ? undefined : onChange(told);
    if (timer) document.addEventListener("visibilitychange", () => isPaused() || now(), { signal: stop.signal });
    document.addEventListener("form-done", now, { signal: stop.signal });
    // What changed while the address did was told to nobody.
    if (timer) pace.current.resume(ask);
    return () => {
      clearInterval(timer);
      unlisten?.();
      pace.current.cancel();
      stop.abort();
    };
  }, [href, everyMs, about]);
}

/** When to ask: one at a time, and not without a rest, however often one is told to. */
class Pace {
  #endedAt = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #asking = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  restedMs(): number {
    return performance.now() - this.#endedAt;
  }

  /** After the rest that is due; what is told meanwhile is one with it. */
  soon(ask: () => Promise<unknown>): void {
    if (this.#timer !== undefined) return;
    const restMs = Math.max(LEAST_GAP_MS, this.#tookMs * REST_FACTOR) - this.restedMs();
    this.#timer = setTimeout(() => this.now(ask), Math.max(0, restMs));
  }

  now(ask: () => Promise<unknown>): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (document.hidden) return;
    this.#again = this.#asking;
    if (!this.#asking) void this.#ask(ask);
  }

  cancel(): void {
    this.#again ||= this.#timer !== undefined || this.#asking;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Asks for what was still to be asked when the last was cancelled. */
  resume(ask: () => Promise<unknown>): void {
    if (!this.#again) return;
    this.#again = false;
    this.soon(ask);
  }

  async #ask(ask: () => Promise<unknown>): Promise<void> {
    this.#asking = true;
    const beganAt = performance.now();
    await ask();
    this.#endedAt = performance.now();
    this.#tookMs = this.#endedAt - beganAt;
    this.#asking = false;
    this.resume(ask);
  }
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
