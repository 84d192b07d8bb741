"use client";

import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { useKey } from "@/components/shell/keys";
import { IconLink } from "@/components/ui/button";
import { IdChip } from "@/components/ui/chips";
import { cn } from "@/components/ui/cn";
import { ICON_16 } from "@/components/ui/icon-size";
import type { FormAction } from "@/lib/web/action.ts";
import { focusRow, useDesk } from "./list-desk";
import { PanelGrip } from "./panel-grip";

export type PanelStep = { id: string; href: string };

type InspectorPanelProps = {
  id: string;
  width: number;
  keepWidth: FormAction;
  /** `3 of 41 failed` */
  place: string | null;
  newer: PanelStep | null;
  older: PanelStep | null;
  pageHref: string;
  closeHref: string;
  children: ReactNode;
};

const PANEL = "inspector";

/** The frame around an opened delivery: beside the list where there is room, over it on smaller screens. */
export function InspectorPanel({ id, width, keepWidth, place, newer, older, ...props }: InspectorPanelProps) {
  const panel = useRef<HTMLElement>(null);
  const desk = useDesk();
  const loading = desk !== null && desk.current !== id;
  const go = (step: PanelStep | null) => (step ? desk?.open(step.id, step.href) : false);
  const close = () => {
    desk?.open(null);
    focusRow(id);
  };
  useKey("[", () => go(newer), { label: "Newer delivery", group: "Delivery", enabled: newer !== null, repeat: true });
  useKey("]", () => go(older), { label: "Older delivery", group: "Delivery", enabled: older !== null, repeat: true });
  useKey("Escape", close, { label: "Close the panel", group: "Delivery" });
  useEffect(() => {
    document.querySelector(`tr[data-delivery="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [id]);

  return (
    <aside
      ref={panel}
      id={PANEL}
      aria-label="Delivery"
      style={{ "--panel": `${width}px` } as React.CSSProperties}
      className="fixed inset-y-0 right-0 z-6 flex w-(--panel) max-w-[90vw] flex-col border-border-strong border-l bg-bg shadow-float max-md:hidden print:hidden split:relative split:z-auto split:max-w-[60%] split:min-w-100 split:shadow-none"
    >
      <PanelGrip panel={panel} panelId={PANEL} width={width} keep={keepWidth} />
      <div className="flex h-10 flex-none items-center gap-0.5 border-b pr-2 pl-4 text-fg-2 text-xs tabular-nums">
        <IdChip id={id} noun="delivery ID" />
        {place && <span className="mr-1 ml-auto">{place}</span>}
        <span className={cn("flex gap-0.5", !place && "ml-auto")}>
          <Step label="Newer delivery ([)" step={newer} go={go}>
            <ChevronUp {...ICON_16} />
          </Step>
          <Step label="Older delivery (])" step={older} go={go}>
            <ChevronDown {...ICON_16} />
          </Step>
          <IconLink href={props.pageHref} prefetch={false} label="Open full page">
            <Maximize2 {...ICON_16} />
          </IconLink>
          <IconLink href={props.closeHref} scroll={false} prefetch={false} label="Close (Esc)" onClick={plain(close)}>
            <X {...ICON_16} />
          </IconLink>
        </span>
      </div>
      <div
        key={id}
        aria-busy={loading}
        className={cn(
          "min-h-0 flex-1 overflow-y-auto p-4 transition-opacity duration-120 [scroll-padding:16px]",
          loading && "opacity-60 delay-150",
        )}
      >
        {props.children}
      </div>
    </aside>
  );
}

type StepProps = {
  label: string;
  step: PanelStep | null;
  go: (step: PanelStep | null) => unknown;
  children: ReactNode;
};

function Step({ label, step, go, children }: StepProps) {
  if (!step) {
    return (
      <span aria-hidden="true" className="inline-flex size-7 items-center justify-center opacity-40">
        {children}
      </span>
    );
  }
  return (
    <IconLink href={step.href} scroll={false} prefetch={false} label={label} onClick={plain(() => go(step))}>
      {children}
    </IconLink>
  );
}

/** A plain click acts at once; one that asks for a tab of its own goes its own way. */
function plain(act: () => unknown) {
  return (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (act() !== false) event.preventDefault();
  };
}
