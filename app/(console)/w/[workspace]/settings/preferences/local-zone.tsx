"use client";

import { type MouseEvent, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";

const never = () => () => {};

/** Only the browser knows where it is: it offers its zone once it is here, and chooses it in the form around. */
export function LocalZone() {
  const zone = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "",
  );
  const choose = (event: MouseEvent<HTMLButtonElement>) => {
    const select = event.currentTarget.form?.elements.namedItem("zone");
    if (!(select instanceof HTMLSelectElement)) return;
    // Some zones have two names, and the browser may use the other one.
    if (![...select.options].some((option) => option.value === zone)) select.add(new Option(zone, zone));
    select.value = zone;
  };
  return (
    // As high before the browser has answered as after.
    <div className="-mt-2 min-h-7">
      {zone && (
        <Button size="sm" onClick={choose}>
          Take this browser's zone, {zone.replaceAll("_", " ")}
        </Button>
      )}
    </div>
  );
}
