"use client";

import { useKey } from "@/components/shell/keys";
import { useDesk } from "./list-desk";

const ROWS = "tr[data-delivery]";

/** The keys of the list of deliveries: they move the focus from row to row and act on the row that has it. */
export function ListKeys() {
  const desk = useDesk();
  const on = (act: (row: HTMLElement, id: string) => unknown) => () => {
    const row = rowInFocus() ?? rowOf(desk?.current ?? null);
    return row?.dataset.delivery ? act(row, row.dataset.delivery) : false;
  };
  const group = "List";
  useKey("j", () => move(1, desk?.current ?? null), { label: "Next row", group, repeat: true });
  useKey("k", () => move(-1, desk?.current ?? null), { label: "Previous row", group, repeat: true });
  useKey("ArrowDown", () => (rowInFocus() ? move(1, null) : false), { label: "Next row", group, repeat: true });
  useKey("ArrowUp", () => (rowInFocus() ? move(-1, null) : false), { label: "Previous row", group, repeat: true });
  useKey("Enter", () => false, { label: "Open the row", group });
  useKey(
    "x",
    on((row) => tick(row)),
    { label: "Select the row", group },
  );
  useKey(
    "Shift+x",
    on((row) => tick(row, true)),
    { label: "Select up to the row", group },
  );
  useKey(
    "r",
    on((row) => press(row, "button[type=submit]")),
    { label: "Retry the row's delivery", group },
  );
  useKey(
    "y",
    on((row) => press(row, "button[type=button]")),
    { label: "Copy the row's ID", group },
  );
  useKey("Escape", () => (desk?.picked.size ? desk.clear() : false), { label: "Clear the selection", group });
  return null;
}

const rowInFocus = () => document.activeElement?.closest<HTMLElement>(ROWS) ?? null;
const rowOf = (id: string | null) =>
  id === null ? null : document.querySelector<HTMLElement>(`tr[data-delivery="${CSS.escape(id)}"]`);

/** From the row in focus, else from the open one, else to the first. */
function move(by: 1 | -1, current: string | null): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const from = rowInFocus() ?? rowOf(current);
  const to = from ? rows.indexOf(from) + by : 0;
  const link = rows[Math.min(Math.max(to, 0), rows.length - 1)]?.querySelector<HTMLElement>("a[href]");
  link?.focus();
  return link !== null && link !== undefined;
}

/** A dispatched click carries the Shift key along, as a click of the pointer would. */
function tick(row: HTMLElement, shiftKey = false): boolean {
  const box = row.querySelector<HTMLElement>("input[type=checkbox]");
  return box
    ? box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey })) || true
    : false;
}

function press(row: HTMLElement, control: string): boolean {
  const button = row.querySelector<HTMLElement>(control);
  button?.click();
  return button !== null;
}
