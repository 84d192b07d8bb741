"use client";

import { useSyncExternalStore } from "react";
import { setChoices } from "@/lib/web/preference-actions.ts";
import { SEGMENT } from "./segment";

const nothing = () => () => {};

/** In which zone the server writes times. Only the browser knows the local one, so it offers that once it is here. */
export function ZoneChoice({ zone }: { zone: string }) {
  const here = useSyncExternalStore(
    nothing,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => (zone === "UTC" ? "" : zone),
  );
  const local = here && here !== "UTC" ? here : "";
  return (
    <form action={setChoices} className="px-2 py-2">
      <fieldset className="flex">
        <legend className="pb-1 text-fg-3 text-xs">Times in</legend>
        <button type="submit" name="tz" value="UTC" aria-pressed={zone === "UTC"} className={SEGMENT}>
          UTC
        </button>
        {local && (
          <button type="submit" name="tz" value={local} aria-pressed={zone === local} title={local} className={SEGMENT}>
            Local ({local.split("/").at(-1)?.replaceAll("_", " ")})
          </button>
        )}
      </fieldset>
    </form>
  );
}
