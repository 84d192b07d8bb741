"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type RefObject, startTransition, useState } from "react";
import { ICON_16 } from "@/components/ui/icon-size";
import { Kbd } from "@/components/ui/kbd";
import { setChoices } from "@/lib/web/preference-actions.ts";
import { type Command, type CommandGroup, type PaletteContext, paletteGroups } from "./commands";
import { PALETTE_FRAME } from "./frame";
import { readVisits } from "./recent";
import { useFound } from "./use-found";

type PaletteProps = Omit<PaletteContext, "origin" | "path"> & {
  user: string;
  /** What was typed while this was on its way. */
  typed: RefObject<string>;
  /** Called once, when its own box has the cursor. */
  ready: () => void;
  close: () => void;
};

/** ⌘K: opens whatever is pasted, goes anywhere, creates, switches; all by arrow keys and Enter. */
export function Palette({ user, typed, ready, close, ...context }: PaletteProps) {
  const [text, setText] = useState("");
  const found = useFound(context.slug, text);
  const [recent] = useState(() => readVisits(user, context.slug));
  const { pathname: path, origin } = window.location;
  const groups = paletteGroups(text, { ...context, path, origin }, found, recent);
  const run = useRun(close);
  const takeOver = () => {
    if (typed.current) setText(typed.current);
    typed.current = "";
    ready();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => open || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-scrim transition-opacity duration-120 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Command palette"
          aria-modal="true"
          className={`${PALETTE_FRAME} z-20 max-h-[min(480px,76dvh)] flex-col overflow-hidden transition-opacity duration-120 data-starting-style:opacity-0`}
        >
          <Autocomplete.Root
            open
            inline
            items={groups}
            value={text}
            onValueChange={setText}
            itemToStringValue={(command: Command) => command.match}
            autoHighlight="always"
            keepHighlight
          >
            <Box onFocus={takeOver} />
            <Lines run={run} />
            <Foot />
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useRun(close: () => void) {
  const router = useRouter();
  return (command: Command) => {
    close();
    if ("href" in command) return router.push(command.href);
    const form = new FormData();
    for (const [name, value] of Object.entries(command.choice)) form.set(name, value);
    startTransition(() => setChoices(form));
  };
}

function Box({ onFocus }: { onFocus: () => void }) {
  return (
    <div className="flex shrink-0 items-center gap-2.5 border-b px-3.5">
      <Search {...ICON_16} className="text-fg-3" />
      <Autocomplete.Input
        aria-label="Go to, search, or paste an ID or URL"
        placeholder="Go to, search, or paste an ID or URL"
        spellCheck={false}
        autoComplete="off"
        onFocus={onFocus}
        className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-fg-3 touch:text-[16px]"
      />
      <Dialog.Close className="rounded-badge px-1.5 py-1 text-fg-3 text-xs hover:bg-hover hover:text-fg">
        Esc
      </Dialog.Close>
    </div>
  );
}

function Lines({ run }: { run: (command: Command) => void }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain py-1.5">
      <Autocomplete.Empty>
        <p className="px-3.5 py-3 text-fg-2 text-sm empty:hidden">Nothing has this name.</p>
      </Autocomplete.Empty>
      <Autocomplete.List>
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="px-1.5 pb-1.5">
            <Autocomplete.GroupLabel className="px-2 py-1 text-fg-3 text-xs">{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  onClick={() => run(command)}
                  className="flex min-h-8 scroll-my-2 items-center gap-2.5 rounded-control px-2 text-sm data-highlighted:bg-selected touch:min-h-11"
                >
                  <span className="min-w-0 truncate">{command.label}</span>
                  {command.detail && (
                    <span className="min-w-0 shrink-[2] truncate text-fg-3 text-xs">{command.detail}</span>
                  )}
                  {command.keys && <Kbd keys={command.keys} className="ml-auto text-fg-3" />}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </div>
  );
}

function Foot() {
  return (
    <p className="flex shrink-0 items-center gap-4 border-t px-3.5 py-2 text-fg-3 text-xs max-sm:hidden">
      <span className="inline-flex items-center gap-1.5">
        <Kbd keys="ArrowUp" />
        <Kbd keys="ArrowDown" /> choose
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Kbd keys="Enter" /> open
      </span>
      <span className="ml-auto">Any ID works, from a log line or a URL</span>
    </p>
  );
}
