"use client";

import { useKey } from "@/components/shell/keys";

type PanelKeysProps = { filter: string; time: string /** Where the search is a panel too. */; search?: string };

/** `f` and `t` open the panels of a list's filters, by their buttons, so that they stand where those are. */
export function PanelKeys({ filter, time, search }: PanelKeysProps) {
  useKey("f", () => press(filter), { label: "Filter", group: "List" });
  useKey("t", () => press(time), { label: "Time range", group: "List" });
  useKey("/", () => press(search ?? ""), {
    label: "Search this list",
    group: "List",
    enabled: search !== undefined,
  });
  return null;
}

function press(panel: string): boolean {
  const buttons = document.querySelectorAll<HTMLElement>(`button[popovertarget="${CSS.escape(panel)}"]`);
  const shown = [...buttons].find((button) => button.checkVisibility());
  shown?.click();
  document.querySelector<HTMLElement>(`#${CSS.escape(panel)} :is(a, input, select, button)`)?.focus();
  return shown !== undefined;
}
