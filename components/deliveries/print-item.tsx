"use client";

import { Printer } from "lucide-react";
import { ICON_14 } from "@/components/ui/icon-size";
import { MENU_ITEM } from "./menu-item";

/** Prints the page, which then shows every part of the attempt. */
export function PrintItem() {
  return (
    <button type="button" onClick={() => window.print()} className={MENU_ITEM}>
      <Printer {...ICON_14} />
      Print…
    </button>
  );
}
