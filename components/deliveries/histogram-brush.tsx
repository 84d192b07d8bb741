"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, type PointerEvent, type ReactNode, startTransition, useRef, useState } from "react";
import { cn } from "../ui/cn";
import { calendarDay, clockMinute, clockTime } from "../ui/format-time";

type HistogramBrushProps = {
  /** Where the first bar begins, in ms; how wide each is; how many there are. */
  from: number;
  stepMs: number;
  count: number;
  zone: string;
  base: string;
  /** What stands over the bars while none is looked at. */
  rest: string;
  summary: string;
  className?: string;
  children: ReactNode;
};

/** The first bar and the one after the last. */
type Span = { start: number; end: number };
type Edge = keyof Span;

/** Dragging over bars, or moving two edges by the arrow keys, narrows the list to their time. */
export function HistogramBrush(props: HistogramBrushProps) {
  const { from, stepMs, count, zone, base, rest, summary, className = "h-8 pb-0.5", children } = props;
  const router = useRouter();
  const plot = useRef<HTMLFieldSetElement>(null);
  const drag = useRef<{ at: number; moved: boolean } | null>(null);
  const [span, setSpan] = useState<Span | null>(null);
  const [looked, setLooked] = useState<number | null>(null);
  const all = { start: 0, end: count };

  const timeOf = (bar: number) => new Date(from + bar * stepMs);
  const apply = ({ start, end }: Span) => {
    const [first, last] = [start, end].map((bar) => timeOf(bar).toISOString().replace(".000", ""));
    startTransition(() => {
      setSpan(null);
      router.push(`${base}from=${first}&to=${last}`, { scroll: false });
    });
  };
  const barAt = (event: PointerEvent) => {
    const box = plot.current?.getBoundingClientRect();
    if (!box) return 0;
    return Math.min(Math.max(Math.floor(((event.clientX - box.left) / box.width) * count), 0), count - 1);
  };
  const onPointerMove = (event: PointerEvent) => {
    const bar = barAt(event);
    setLooked(bar);
    if (!drag.current || (bar === drag.current.at && !drag.current.moved)) return;
    if (!drag.current.moved) plot.current?.setPointerCapture(event.pointerId);
    drag.current.moved = true;
    setSpan({ start: Math.min(bar, drag.current.at), end: Math.max(bar, drag.current.at) + 1 });
  };
  const onKeyDown = (edge: Edge) => (event: KeyboardEvent) => {
    const now = span ?? all;
    if (event.key === "Enter" && span) apply(span);
    else if (event.key === "Escape" && span) setSpan(null);
    else {
      const moved = movedBy(event, now, edge, count);
      if (!moved) return;
      setSpan(moved);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const words = (bar: number) => timeWords(timeOf(bar), stepMs, zone);
  const edge = (name: Edge, label: string) => (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={count}
      aria-valuenow={(span ?? all)[name]}
      aria-valuetext={words((span ?? all)[name])}
      title={`${label}: ← and →, then Enter`}
      onKeyDown={onKeyDown(name)}
      style={{ left: `${((span ?? all)[name] / count) * 100}%` }}
      className="absolute -inset-y-0.5 w-0.5 -translate-x-1/2 bg-accent opacity-0 focus-visible:opacity-100"
    />
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the edges have the keys; the click is that of a link inside
    <fieldset
      ref={plot}
      aria-label={summary}
      onPointerDown={(event) => {
        if (event.button === 0 && event.isPrimary) drag.current = { at: barAt(event), moved: false };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        const dragged = drag.current?.moved;
        drag.current = null;
        if (dragged && span) apply(span);
      }}
      onPointerCancel={() => {
        drag.current = null;
        setSpan(null);
      }}
      onPointerLeave={() => setLooked(null)}
      onClick={(event) => {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        router.push(link.href, { scroll: false });
      }}
      onDragStart={(event) => event.preventDefault()}
      className={cn("relative min-w-0 cursor-crosshair touch-pan-y select-none", className)}
    >
      {children}
      <span
        aria-hidden="true"
        className="pointer-events-none absolute -top-0.5 left-0 bg-bg pr-1 text-fg-3 text-xs tabular-nums"
      >
        {span
          ? `${words(span.start)} – ${words(span.end)}`
          : looked === null
            ? rest
            : wordsOf(plot.current, looked, rest)}
      </span>
      {span && (
        <span
          aria-hidden="true"
          style={{ left: `${(span.start / count) * 100}%`, width: `${((span.end - span.start) / count) * 100}%` }}
          className={cn("pointer-events-none absolute inset-y-0 border-accent border-x bg-accent/15")}
        />
      )}
      {edge("start", "Narrow the time: from")}
      {edge("end", "Narrow the time: to")}
    </fieldset>
  );
}

/** What a bar's link says, so that the page does not carry the words twice. */
function wordsOf(plot: HTMLElement | null, bar: number, rest: string): string {
  return plot?.querySelector<HTMLElement>(`[data-at="${bar}"]`)?.dataset.bar ?? rest;
}

function movedBy({ key, shiftKey }: KeyboardEvent, now: Span, edge: Edge, count: number): Span | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
  const far: Record<string, number> = { Home: -count, End: count, PageDown: -10, PageUp: 10 };
  const by = steps[key] === undefined ? far[key] : steps[key] * (shiftKey ? 10 : 1);
  if (by === undefined) return null;
  if (edge === "start") return { ...now, start: Math.min(Math.max(now.start + by, 0), now.end - 1) };
  return { ...now, end: Math.min(Math.max(now.end + by, now.start + 1), count) };
}

function timeWords(at: Date, stepMs: number, zone: string): string {
  if (stepMs >= 86_400_000) return calendarDay(at, zone);
  return `${calendarDay(at, zone)} ${stepMs < 60_000 ? clockTime(at, zone) : clockMinute(at, zone)}`;
}
