import { type RefObject, useEffect, useRef, useState } from "react";
import type { Draft, DraftCheck } from "@/lib/event-types/draft.ts";
import type { DraftTools } from "./draft";

/** How long typing rests before the server looks at the form. */
const REST_MS = 500;

/** What the server says about schema and example as they stand; null until they were changed. */
export function useDraftCheck(
  check: DraftTools["check"],
  within: RefObject<HTMLElement | null>,
  { schema, example }: Draft,
): DraftCheck | null {
  const [checked, setChecked] = useState<DraftCheck | null>(null);
  const first = useRef({ schema, example });
  const latest = useRef(0);
  useEffect(() => {
    if (first.current.schema === schema && first.current.example === example && latest.current === 0) return;
    const turn = ++latest.current;
    const timer = setTimeout(async () => {
      const form = within.current?.closest("form");
      const answer = form ? await check(new FormData(form)) : null;
      // An answer about what was typed before says nothing any more.
      if (turn === latest.current) setChecked(answer);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [check, within, schema, example]);
  return checked;
}
