"use client";

import { createContext, type KeyboardEvent, type ReactNode, type SyntheticEvent, use, useState } from "react";

const Context = createContext<FormData | null>(null);

/** Lets parts of a form show what the fields beside them hold, while the fields stay plain inputs. */
export function LiveForm({ children, className }: { children: ReactNode; className?: string }) {
  const [values, setValues] = useState<FormData | null>(null);
  const read = ({ target }: SyntheticEvent) => {
    const form = target instanceof Element ? target.closest("form") : null;
    // After this event's own changes are on the page, such as boxes that a wildcard locks.
    if (form) requestAnimationFrame(() => setValues(new FormData(form)));
  };
  return (
    <Context value={values}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens to the fields inside, it is no control */}
      <div className={className} onInput={read} onClick={read} onKeyDown={sendOnShortcut}>
        {children}
      </div>
    </Context>
  );
}

/** A field's present value, or what the server rendered until something was typed. */
export function useLiveValue(name: string, initial: string): string {
  const values = use(Context);
  return values ? String(values.get(name) ?? "") : initial;
}

export function useLiveValues(name: string, initial: string[]): string[] {
  const values = use(Context);
  return values ? values.getAll(name).map(String) : initial;
}

function sendOnShortcut(event: KeyboardEvent) {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  (event.target as Element).closest("form")?.requestSubmit();
}
