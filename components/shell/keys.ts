"use client";

import { useEffect, useEffectEvent } from "react";
import { chosenBy, isCharacterKey, SEQUENCE_MS } from "./key-match";

/** The headings of the keyboard sheet, in its order. */
export const KEY_GROUPS = ["General", "Go to", "List", "Delivery", "Request", "Page"] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

export type KeyLine = { keys: string; label: string; group: KeyGroup };

type KeyOptions = {
  /** What it does, for the keyboard sheet: `Retry delivery`. */
  label: string;
  group: KeyGroup;
  /** False where it would do nothing just now; then the sheet does not list it either. */
  enabled?: boolean;
  /** Whether holding the key down goes on. */
  repeat?: boolean;
  /** Heard only when no other binding takes the press: the shell's own, which a page may use otherwise. */
  fallback?: boolean;
};

/** Returns false to leave the press to the next binding, or to the browser. */
type Act = (event: KeyboardEvent) => unknown;
type Binding = KeyLine & { act: Act; repeat: boolean; fallback: boolean };

const bindings = new Set<Binding>();
let waiting: { first: string; at: number } | null = null;

/**
 * A keyboard shortcut and its line in the keyboard sheet: `r`, `Shift+r`, `/`, `Escape`, `g d`, `Mod+k`. Not heard in
 * text fields, menus and behind dialogs (but for `Mod+…`, in fields too); single characters not when the person has
 * switched them off. Of two for the same key the newer is asked first.
 */
export function useKey(keys: string, act: Act, options: KeyOptions): void {
  const { label, group, enabled = true, repeat = false, fallback = false } = options;
  const latest = useEffectEvent(act);
  useEffect(() => {
    if (!enabled) return;
    const binding: Binding = { keys, label, group, repeat, fallback, act: (event) => latest(event) };
    add(binding);
    return () => remove(binding);
  }, [keys, label, group, enabled, repeat, fallback]);
}

/** What can be pressed on this page, for the sheet; each key once. */
export function listKeyLines(): KeyLine[] {
  const lines = new Map<string, KeyLine>();
  for (const { keys, label, group, fallback } of bindings) {
    if (!fallback || !lines.has(keys)) lines.set(keys, { keys, label, group });
  }
  return [...lines.values()];
}

/** Whether the person kept single-character shortcuts on; the server wrote it on the document. */
export function areKeysOn(): boolean {
  return document.documentElement.dataset.keys !== "off";
}

function add(binding: Binding) {
  if (bindings.size === 0) document.addEventListener("keydown", onKeyDown);
  bindings.add(binding);
}

function remove(binding: Binding) {
  bindings.delete(binding);
  if (bindings.size === 0) document.removeEventListener("keydown", onKeyDown);
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
  const heard = [...bindings].reverse().filter((binding) => isHeard(binding, event));
  const first = waiting && event.timeStamp - waiting.at < SEQUENCE_MS ? waiting.first : null;
  const { chosen, waiting: next } = chosenBy(event, heard, first);
  waiting = next === null ? null : { first: next, at: event.timeStamp };
  const ordered = [...chosen.filter(({ fallback }) => !fallback), ...chosen.filter(({ fallback }) => fallback)];
  for (const binding of ordered) {
    if (binding.act(event) === false) continue;
    event.preventDefault();
    return;
  }
}

function isModifier(key: string): boolean {
  return ["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"].includes(key);
}

const TEXT_FIELD =
  "textarea, select, [contenteditable]:not([contenteditable=false]), input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])";
/** Widgets that have keys of their own. */
const OWN_KEYS =
  "[role=menu], [role=menubar], [role=listbox], [role=slider], [role=separator][tabindex], [data-own-keys]";
const PRESSED_BY_ENTER = "a[href], button, summary, [role=button], [role=link], [role=tab]";
const MODAL = "dialog:modal, [role=alertdialog], [role=dialog][aria-modal=true]";

function isHeard({ keys, repeat }: Binding, event: KeyboardEvent): boolean {
  if (event.repeat && !repeat) return false;
  const at = event.target instanceof Element ? event.target : document.body;
  const modal = document.querySelector(MODAL);
  if (modal) return false;
  if (keys.includes("Mod+")) return true;
  if (at.closest(TEXT_FIELD) || at.closest(OWN_KEYS)) return false;
  if (keys === "Enter" || keys === "Space") return !at.closest(PRESSED_BY_ENTER) && !at.closest("input");
  return areKeysOn() || !isCharacterKey(keys);
}
