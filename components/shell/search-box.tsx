"use client";

import { Search } from "lucide-react";
import Form from "next/form";
import { useRouter } from "next/navigation";
import {
  type ComponentProps,
  type KeyboardEvent,
  lazy,
  type RefObject,
  Suspense,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { IconButton, IconLink } from "@/components/ui/button";
import { ICON_14, ICON_16 } from "@/components/ui/icon-size";
import { Kbd } from "@/components/ui/kbd";
import { useKey } from "./keys";
import { PALETTE_FRAME } from "./palette/frame";
import { searchPath } from "./palette/pasted";

const load = () => import("./palette/palette");
const Palette = lazy(() => load().then((module) => ({ default: module.Palette })));

type SearchBoxProps = Omit<ComponentProps<typeof Palette>, "close" | "typed" | "ready">;

const LABEL = "Go to, or paste an ID";
const FRAME = "h-7 w-58 rounded-control border border-control bg-bg text-sm text-fg-3 max-lg:w-44 max-md:hidden";
const never = () => () => {};

/** Opens the palette, whose code is fetched when the pointer, the focus or ⌘K comes near. Without scripts, a plain search. */
export function SearchBox(props: SearchBoxProps) {
  const [open, setOpen] = useState(false);
  const [isReady, setReady] = useState(false);
  const hasScripts = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const typed = useRef("");
  const show = () => setOpen(true);
  const close = () => {
    typed.current = "";
    setOpen(false);
    setReady(false);
  };
  useKey("Mod+k", show, { label: "Go to anything", group: "General" });
  useKey("/", () => focusSearch() || show(), { label: "Search", group: "General", fallback: true });

  if (!hasScripts) return <PlainSearch slug={props.slug} />;
  const intent = { onPointerEnter: load, onFocus: load, onClick: show, "aria-haspopup": "dialog" } as const;
  return (
    <>
      <button
        {...intent}
        type="button"
        aria-keyshortcuts="Meta+K Control+K"
        className={`${FRAME} flex items-center gap-2 px-2.25 hover:bg-hover`}
      >
        <Search {...ICON_14} />
        {LABEL}
        <Kbd keys="Mod+k" className="ml-auto max-lg:hidden" />
      </button>
      <IconButton {...intent} label={LABEL} className="md:hidden">
        <Search {...ICON_16} />
      </IconButton>
      {open && (
        <Suspense>
          <Palette {...props} typed={typed} ready={() => setReady(true)} close={close} />
        </Suspense>
      )}
      {open && !isReady && <Waiting slug={props.slug} typed={typed} close={close} />}
    </>
  );
}

type WaitingProps = { slug: string; typed: RefObject<string>; close: () => void };

/** The palette's box until the palette has the cursor: what is typed, pasted or sent meanwhile is not lost. */
function Waiting({ slug, typed, close }: WaitingProps) {
  const router = useRouter();
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "Enter" && typed.current) router.push(searchPath(slug, typed.current));
    if (key === "Enter" || key === "Escape") close();
  };
  return (
    <div className={`${PALETTE_FRAME} z-20 px-10`}>
      <input
        // biome-ignore lint/a11y/noAutofocus: somebody has just called for it
        autoFocus
        aria-label={LABEL}
        onChange={(event) => {
          typed.current = event.target.value;
        }}
        onKeyDown={onKeyDown}
        className="h-11 w-full bg-transparent text-base outline-none touch:text-[16px]"
      />
    </div>
  );
}

/** The page's own search box takes the cursor, where there is one. */
function focusSearch(): boolean {
  const box = document.querySelector<HTMLInputElement>("main input[type=search]");
  box?.focus();
  box?.select();
  return box !== null;
}

function PlainSearch({ slug }: { slug: string }) {
  return (
    <>
      <IconLink href={`/w/${slug}/search`} label={LABEL} prefetch={false} className="md:hidden">
        <Search {...ICON_16} />
      </IconLink>
      <Form action={`/w/${slug}/search`} role="search">
        <input
          name="q"
          type="search"
          required
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          aria-label={LABEL}
          placeholder={LABEL}
          className={`${FRAME} px-2.25 placeholder:text-fg-3 focus-visible:rounded-control focus-visible:outline-offset-1`}
        />
      </Form>
    </>
  );
}
