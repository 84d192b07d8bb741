"use client";

import { type ChangeEvent, type KeyboardEvent, type RefObject, type SyntheticEvent, useEffect, useState } from "react";
import { tokenAt } from "@/lib/search/tokens.ts";
import type { Suggestion } from "./suggestion";
import { useSuggestions } from "./use-suggestions";

/** A search box with what is offered for the word at its cursor; every new address gives it back the text in force. */
export function useSuggestBox(box: RefObject<HTMLInputElement | null>, text: string, suggestHref: string) {
  const given = { text, address: suggestHref, typed: text, cursor: text.length };
  const [state, setState] = useState(given);
  if (state.text !== text || state.address !== suggestHref) setState(given);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  // What somebody typed while the scripts were still loading stays.
  useEffect(() => {
    const typed = box.current?.value;
    if (typed) setState((before) => (before.typed === typed ? before : { ...before, typed, cursor: typed.length }));
  }, [box]);
  const word = tokenAt(state.typed, state.cursor);
  const offered = useSuggestions(suggestHref, state.typed.slice(word.start, state.cursor), open);
  const shown = open ? offered : [];

  const type = (typed: string, cursor: number) => {
    setState((before) => ({ ...before, typed, cursor }));
    setOpen(true);
    setActive(-1);
  };
  const take = ({ text: taken }: Suggestion) => {
    const before = state.typed.slice(0, word.start) + taken;
    type(before + state.typed.slice(word.end), before.length);
    const asksOn = /[:.]$/.test(taken);
    setOpen(asksOn);
    // After the new text stands in the field.
    setTimeout(() => {
      if (!asksOn) box.current?.form?.requestSubmit();
      box.current?.setSelectionRange(before.length, before.length);
    });
  };
  const move = (step: number) => {
    const places = shown.length + 1;
    setOpen(true);
    setActive((at) => ((at + 1 + step + places) % places) - 1);
  };
  const chosen = shown[active];
  const keys: Record<string, (() => void) | undefined> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: chosen && (() => take(chosen)),
    Tab: chosen && (() => take(chosen)),
    Escape: shown.length > 0 ? () => setOpen(false) : undefined,
  };
  return {
    shown,
    active,
    take,
    field: {
      value: state.typed,
      onChange: ({ target }: ChangeEvent<HTMLInputElement>) =>
        type(target.value, target.selectionStart ?? target.value.length),
      onSelect: ({ currentTarget }: SyntheticEvent<HTMLInputElement>) =>
        setState((before) => ({ ...before, cursor: currentTarget.selectionStart ?? before.cursor })),
      onFocus: () => setOpen(true),
      onBlur: () => setOpen(false),
      onKeyDown: (event: KeyboardEvent) => {
        const act = event.nativeEvent.isComposing || event.shiftKey ? undefined : keys[event.key];
        act?.();
        if (act) event.preventDefault();
      },
    },
  };
}
