"use client";

import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { formatRelative } from "@/components/ui/format";
import { useKey } from "./keys";

const load = () => import("@/components/ui/time-card");
const TimeCard = lazy(() => load().then((module) => ({ default: module.TimeCard })));

/** A pointer that only passes opens nothing; one that goes over to the card does not close it. */
const OPEN_AFTER_MS = 350;
const CLOSE_AFTER_MS = 250;
const RELATIVE_EVERY_MS = 30_000;

type Open = { anchor: HTMLTimeElement; takesFocus: boolean };

/** Gives every time on the page its card, by pointer, by focus and by key, with one listener for all of them. */
export function TimeCards() {
  const [open, setOpen] = useState<Open | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = useCallback((next: Open | null, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen((now) => (next === null && now?.takesFocus ? now : next)), ms);
  }, []);
  const close = useCallback(() => {
    clearTimeout(timer.current);
    setOpen(null);
  }, []);

  useTimes(later, setOpen);
  useKey("Shift+t", () => showFocused(setOpen), { label: "Times of the focused row", group: "List", fallback: true });
  useRelativeTimes();

  if (!open?.anchor.isConnected) return null;
  return (
    <Suspense>
      <TimeCard
        key={`${open.anchor.dateTime} ${open.takesFocus}`}
        {...open}
        close={close}
        onPointerEnter={() => clearTimeout(timer.current)}
        onPointerLeave={() => later(null, CLOSE_AFTER_MS)}
      />
    </Suspense>
  );
}

function useTimes(later: (next: Open | null, ms: number) => void, setOpen: (open: Open) => void) {
  useEffect(() => {
    const over = (event: PointerEvent) => {
      const anchor = event.pointerType === "mouse" ? timeAt(event.target) : null;
      if (!anchor) return;
      load();
      // The card says more than the browser's own tooltip, which would cover it.
      anchor.removeAttribute("title");
      later({ anchor, takesFocus: false }, OPEN_AFTER_MS);
    };
    const out = (event: PointerEvent) => timeAt(event.target) && later(null, CLOSE_AFTER_MS);
    const click = (event: MouseEvent) => {
      const button = event.target instanceof Element ? event.target.closest("[data-time-card]") : null;
      const anchor = button?.querySelector("time");
      if (anchor) setOpen({ anchor, takesFocus: true });
    };
    document.addEventListener("pointerover", over);
    document.addEventListener("pointerout", out);
    document.addEventListener("click", click);
    return () => {
      document.removeEventListener("pointerover", over);
      document.removeEventListener("pointerout", out);
      document.removeEventListener("click", click);
    };
  }, [later, setOpen]);
}

function timeAt(target: EventTarget | null): HTMLTimeElement | null {
  return target instanceof Element ? target.closest("time") : null;
}

/** The time of the row in which the focus stands. */
function showFocused(setOpen: (open: Open) => void): boolean {
  const anchor = document.activeElement?.closest("tr, li, dl, article, section")?.querySelector("time");
  if (!anchor) return false;
  setOpen({ anchor, takesFocus: true });
  return true;
}

/** "4 m ago" stays true while a page stands open. */
function useRelativeTimes() {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.hidden) return;
      for (const element of document.querySelectorAll<HTMLElement>("time [data-relative]")) {
        const time = element.closest("time");
        const text = element.firstChild;
        if (time && text) text.nodeValue = formatRelative(new Date(time.dateTime), new Date());
      }
    }, RELATIVE_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
}
