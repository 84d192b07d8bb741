"use client";

import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactNode } from "react";
import { cn } from "./cn";

type TooltipProps = { /** What it says; plain text. */ text: ReactNode; children: ReactNode; className?: string };

/** Words that appear on hover and focus. The child is text or an icon; the wrapper takes the focus. */
export function Tooltip({ text, children, className }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger
        render={<button type="button" />}
        className={cn("inline-flex min-h-6 cursor-default items-center", className)}
      >
        {children}
      </BaseTooltip.Trigger>
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className="z-30">
          <BaseTooltip.Popup className="max-w-80 rounded-control bg-bg px-2.5 py-1.5 text-fg text-xs shadow-float">
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
