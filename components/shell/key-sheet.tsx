"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { ICON_14 } from "@/components/ui/icon-size";
import { Kbd } from "@/components/ui/kbd";
import { setChoices } from "@/lib/web/preference-actions.ts";
import { areKeysOn, KEY_GROUPS, type KeyLine, listKeyLines } from "./keys";

/** `?`: what can be pressed on this page, and the switch that turns single keys off. */
export function KeySheet({ preferences, close }: { preferences: string; close: () => void }) {
  // As the page was when it opened: behind it, nothing changes.
  const [lines] = useState(listKeyLines);
  return (
    <Dialog.Root open onOpenChange={(open) => open || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-scrim transition-opacity duration-120 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-modal="true"
          className="fixed top-[8vh] left-1/2 z-20 max-h-[84dvh] w-[min(720px,calc(100vw-24px))] -translate-x-1/2 overflow-y-auto rounded-dialog bg-bg p-5 text-fg shadow-float transition-opacity duration-120 data-starting-style:opacity-0"
        >
          <div className="flex items-center gap-3">
            <Dialog.Title className="text-lg">Keyboard shortcuts</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className={`${buttonClass({ variant: "quiet", size: "sm", icon: true })} ml-auto`}
            >
              <X {...ICON_14} />
            </Dialog.Close>
          </div>
          <div className="mt-3 columns-2 gap-10 max-sm:columns-1">
            {KEY_GROUPS.map((group) => (
              <Group key={group} title={group} lines={lines.filter((line) => line.group === group)} />
            ))}
          </div>
          <OffSwitch preferences={preferences} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ title, lines }: { title: string; lines: KeyLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="pb-1 text-fg-3 text-xs">{title}</h3>
      <dl>
        {lines.map(({ keys, label }) => (
          <div key={keys} className="flex min-h-8 items-center justify-between gap-4 border-b text-sm last:border-b-0">
            <dt>{label}</dt>
            <dd className="shrink-0 text-fg-2">
              <Kbd keys={keys} hint={false} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function OffSwitch({ preferences }: { preferences: string }) {
  const on = areKeysOn();
  return (
    <form action={setChoices} className="mt-2 flex flex-wrap items-center gap-3 border-t pt-4 text-fg-2 text-sm">
      <p className="min-w-0 flex-1">
        {on
          ? "Single keys are not heard while you type in a field."
          : "Single keys are switched off. Those with ⌘ or Ctrl, arrows, Enter and Esc still work."}
      </p>
      <button type="submit" name="keys" value={on ? "off" : "on"} className={buttonClass({})}>
        {on ? "Switch single keys off" : "Switch single keys on"}
      </button>
      <Link href={preferences} className={buttonClass({ variant: "quiet" })}>
        All preferences
      </Link>
    </form>
  );
}
