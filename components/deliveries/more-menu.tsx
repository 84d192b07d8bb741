"use client";

import { Ellipsis } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ICON_16 } from "@/components/ui/icon-size";

type MoreMenuProps = {
  label: string /** Opens upwards, from a bar at the bottom. */;
  up?: boolean;
  /** Without a line around it, among buttons that have none. */
  quiet?: boolean;
  children: ReactNode;
};

/** What is wanted less often, behind three dots. It opens without scripts; with them it closes as menus do. */
export function MoreMenu({ label, up, quiet, children }: MoreMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const element = menu.current;
    if (!element) return;
    const close = (event: Event) => {
      if (!element.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        element.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && element.contains(event.target)) return;
      element.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, []);
  return (
    <details ref={menu} data-print="hide" className="relative">
      <summary
        aria-label={label}
        title={label}
        className={cn(
          buttonClass(quiet ? { variant: "quiet", size: "sm", icon: true } : { icon: true }),
          "list-none [&::-webkit-details-marker]:hidden",
        )}
      >
        <Ellipsis {...ICON_16} />
      </summary>
      <div
        className={cn(
          "absolute right-0 z-20 grid w-60 rounded-card bg-bg p-1 shadow-float",
          up ? "bottom-full mb-2" : "top-full mt-1",
        )}
      >
        {children}
      </div>
    </details>
  );
}
