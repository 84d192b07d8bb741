"use client";

import { Popover } from "@base-ui/react/popover";
import { Check, Copy } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { copyText } from "./copy-text";
import { ICON_14 } from "./icon-size";
import { type TimeForm, timeForms } from "./time-forms";

const COPIED_MS = 1500;

export type TimeCardProps = {
  /** The `time` it stands at. */
  anchor: HTMLTimeElement;
  /** Whether the focus goes in, or stays where it is because only the pointer came by. */
  takesFocus: boolean;
  close: () => void;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
};

/** A moment relative, local, in UTC, as ISO 8601 and in Unix milliseconds; each line copies itself. */
export function TimeCard({ anchor, takesFocus, close, ...pointer }: TimeCardProps) {
  const at = new Date(anchor.dateTime);
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const forms = timeForms(at, { chosen: anchor.dataset.zone ?? "UTC", local }, new Date());
  return (
    <Popover.Root open onOpenChange={(open) => open || close()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-20"
        >
          <Popover.Popup
            aria-label="This time in other forms"
            initialFocus={takesFocus}
            finalFocus={takesFocus ? () => anchor.closest("button") ?? true : false}
            onKeyDown={moveByArrows}
            className="w-90 max-w-[calc(100vw-16px)] rounded-card bg-bg p-1 text-fg shadow-float"
            {...pointer}
          >
            {forms.map((form) => (
              <Line key={form.name} {...form} />
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Line({ name, text }: TimeForm) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={async () => setCopied(await copyText(text))}
      className="focus-inset flex min-h-7 w-full items-center gap-3 rounded-badge px-2 text-left hover:bg-hover touch:min-h-11"
    >
      <span className="w-20 shrink-0 truncate text-fg-3 text-xs">
        <span className="sr-only">Copy </span>
        {name}
      </span>
      <span className="mono min-w-0 flex-1 truncate">{text}</span>
      <Icon {...ICON_14} className="text-fg-3" />
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}

function moveByArrows(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const lines = [...event.currentTarget.querySelectorAll("button")];
  const at = lines.findIndex((line) => line === document.activeElement);
  lines[(at + step + lines.length) % lines.length]?.focus();
}
