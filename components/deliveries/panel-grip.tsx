"use client";

import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from "react";
import type { FormAction } from "@/lib/web/action.ts";
import { PANEL_WIDTH } from "./panel-width";

type PanelGripProps = {
  panel: RefObject<HTMLElement | null>;
  panelId: string;
  width: number;
  /** Keeps the width for the next time. */
  keep: FormAction;
};

/** The edge of the panel: dragged by the pointer, moved by the arrow keys, back to its first place by a double click. */
export function PanelGrip({ panel, panelId, width, keep }: PanelGripProps) {
  const [now, setNow] = useState(width);
  const dragging = useRef(false);

  const resize = (wanted: number): number => {
    const most = Math.round((panel.current?.parentElement?.clientWidth ?? PANEL_WIDTH.most) * PANEL_WIDTH.share);
    const px = Math.round(Math.max(PANEL_WIDTH.least, Math.min(wanted, most, PANEL_WIDTH.most)));
    panel.current?.style.setProperty("--panel", `${px}px`);
    return px;
  };
  const settle = (wanted: number) => {
    const px = resize(wanted);
    setNow(px);
    const form = new FormData();
    form.set("width", String(px));
    // Not kept is no harm: the panel has the width that was asked for, until the next visit.
    keep({ status: "idle" }, form).catch(() => {});
  };
  const widthAt = (event: PointerEvent) => (panel.current?.getBoundingClientRect().right ?? 0) - event.clientX;

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr is no control, and takes no pointer
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-controls={panelId}
      aria-valuenow={now}
      aria-valuemin={PANEL_WIDTH.least}
      aria-valuemax={PANEL_WIDTH.most}
      aria-valuetext={`${now} pixels`}
      title="Drag, or press ← and →"
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => dragging.current && resize(widthAt(event))}
      onPointerUp={(event) => {
        if (!dragging.current) return;
        dragging.current = false;
        settle(widthAt(event));
      }}
      onDoubleClick={() => settle(PANEL_WIDTH.first)}
      onKeyDown={(event) => {
        const wanted = widthByKey(event, now);
        if (wanted === null) return;
        event.preventDefault();
        settle(wanted);
      }}
      className="group/grip absolute inset-y-0 -left-3 z-3 flex w-6 cursor-col-resize touch-none items-center justify-center outline-none"
    >
      <span
        aria-hidden="true"
        className="h-6 w-1.25 rounded-[3px] border border-control bg-bg outline-offset-2 group-hover/grip:border-fg-2 group-focus-visible/grip:outline-2 group-focus-visible/grip:outline-ring"
      />
    </div>
  );
}

function widthByKey({ key, shiftKey }: KeyboardEvent, now: number): number | null {
  const step = shiftKey ? PANEL_WIDTH.bigStep : PANEL_WIDTH.step;
  if (key === "ArrowLeft") return now + step;
  if (key === "ArrowRight") return now - step;
  if (key === "Home") return PANEL_WIDTH.most;
  if (key === "End") return PANEL_WIDTH.least;
  return null;
}
