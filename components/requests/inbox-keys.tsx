"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useKey } from "@/components/shell/keys";

const ROWS = "a[data-request]";

type InboxKeysProps = {
  /** The request that is open. */
  current: string | null;
  /** Addresses; null where there is nothing to go to. */
  newer: string | null;
  older: string | null;
  /** The inbox with nothing open. */
  close: string | null;
};

/** The keys of an inbox: they move the focus from row to row, and what is open to the one beside it. */
export function InboxKeys({ current, newer, older, close }: InboxKeysProps) {
  const router = useRouter();
  const go = (href: string | null) => href !== null && router.replace(href, { scroll: false });
  useKey("j", () => move(1, current), { label: "Next row", group: "List", repeat: true });
  useKey("k", () => move(-1, current), { label: "Previous row", group: "List", repeat: true });
  useKey("ArrowDown", () => (rowInFocus() ? move(1, null) : false), { label: "Next row", group: "List", repeat: true });
  useKey("ArrowUp", () => (rowInFocus() ? move(-1, null) : false), {
    label: "Previous row",
    group: "List",
    repeat: true,
  });
  useKey("Enter", () => false, { label: "Open the row", group: "List" });
  useKey("[", () => go(newer), { label: "Newer request", group: "Request", enabled: newer !== null, repeat: true });
  useKey("]", () => go(older), { label: "Older request", group: "Request", enabled: older !== null, repeat: true });
  useKey("Escape", () => go(close), { label: "Close the request", group: "Request", enabled: close !== null });
  useEffect(() => {
    if (current) rowOf(current)?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return null;
}

const rowInFocus = () => document.activeElement?.closest<HTMLElement>(ROWS) ?? null;
const rowOf = (id: string) => document.querySelector<HTMLElement>(`a[data-request="${CSS.escape(id)}"]`);

/** From the row in focus, else from the open one, else to the first. */
function move(by: 1 | -1, current: string | null): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const from = rowInFocus() ?? (current ? rowOf(current) : null);
  const to = from ? rows.indexOf(from) + by : 0;
  const row = rows[Math.min(Math.max(to, 0), rows.length - 1)];
  row?.focus();
  return row !== undefined;
}
