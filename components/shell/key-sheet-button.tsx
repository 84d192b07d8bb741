"use client";

import { Keyboard } from "lucide-react";
import { ICON_14 } from "@/components/ui/icon-size";
import { Kbd } from "@/components/ui/kbd";
import { OPEN_KEY_SHEET } from "./shell-keys";

/** The way to the keyboard sheet for those who do not know its key, or have switched it off. */
export function KeySheetButton({ className }: { className: string }) {
  const open = () => {
    for (const popover of document.querySelectorAll<HTMLElement>(":popover-open")) popover.hidePopover();
    window.dispatchEvent(new Event(OPEN_KEY_SHEET));
  };
  return (
    <button type="button" onClick={open} aria-haspopup="dialog" className={className}>
      <Keyboard {...ICON_14} />
      Keyboard shortcuts
      <Kbd keys="?" className="ml-auto" />
    </button>
  );
}
