"use client";

import { useEffect, useRef } from "react";
import type { LiveTopic } from "@/lib/live/channel.ts";
import { setStream, tellChange } from "./live-store";

/** Two beats and a little: a stream that was silent for longer leads nowhere. */
const SILENCE_MS = 40_000;
/** How long it may take to connect before the page says so. */
const PATIENCE_MS = 3_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/**
 * Keeps this tab's stream open while the tab is shown. The browser comes again by itself when a connection breaks; when
 * the server refuses it, this does, less and less often.
 * @param mark what the page was rendered with; changes since then are told at once
 */
export function useLiveStream(slug: string, mark: string): void {
  const rendered = useRef(mark);
  useEffect(() => keepStream(`/w/${slug}/live`, rendered.current), [slug]);
}

function keepStream(address: string, rendered: string): () => void {
  const ended = new AbortController();
  let mark = rendered;
  let source: EventSource | null = null;
  let refusals = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const heard = (event: Event) => {
    if (event instanceof MessageEvent && event.lastEventId) mark = event.lastEventId;
    refusals = 0;
    clearTimeout(silence);
    silence = setTimeout(reopen, SILENCE_MS);
  };
  const close = () => {
    clearTimeout(retry);
    clearTimeout(silence);
    source?.close();
    source = null;
  };
  const open = () => {
    if (source || document.hidden) return;
    const opened = new EventSource(`${address}?mark=${encodeURIComponent(mark)}`);
    source = opened;
    silence = setTimeout(() => setStream("reconnecting"), PATIENCE_MS);
    opened.addEventListener("beat", heard);
    opened.addEventListener("state", (event) => {
      heard(event);
      setStream(event.data === "live" ? "live" : "reconnecting");
    });
    opened.addEventListener("change", (event) => {
      heard(event);
      tellChange(String(event.data).split(",") as LiveTopic[]);
    });
    opened.addEventListener("error", () => {
      setStream("reconnecting");
      if (opened.readyState !== EventSource.CLOSED || opened !== source) return;
      close();
      retry = setTimeout(open, retryMs(refusals++));
    });
  };
  const reopen = () => {
    close();
    open();
  };
  // A hidden tab needs no stream, and browsers allow only a few to one server; shown again it hears what it missed.
  const look = () => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", look, { signal: ended.signal });
  window.addEventListener("pagehide", close, { signal: ended.signal });
  window.addEventListener("pageshow", look, { signal: ended.signal });
  open();
  return () => {
    ended.abort();
    close();
  };
}

/** Not all tabs at the same moment. */
function retryMs(refusals: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** refusals) * (0.75 + Math.random() / 2);
}
