"use client";

import { Download, Search, WrapText } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { CodeView } from "@/components/editor/codemirror";
import { buttonClass, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { formatBytes } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { toast } from "@/components/ui/toast";
import { CopyFrom } from "./copy-from";
import type { PayloadText } from "./payload-text";
import { shownText } from "./shown-text";

type PayloadFrameProps = {
  label: string;
  contentType: string | null;
  bytes: number;
  kind: PayloadText["kind"];
  downloadHref: string;
  /** The address of the same with or without line breaks. */
  other: { href: string; raw: boolean } | null;
  /** The text itself. */
  children: ReactNode;
};

const load = () => import("./payload-viewer");

/** A payload with what can be done with it. The text is there at once; folding and search come when they are wanted. */
export function PayloadFrame({ label, contentType, bytes, kind, downloadHref, other, children }: PayloadFrameProps) {
  const [wraps, setWraps] = useState(kind === "text" || Boolean(other?.raw));
  const [path, setPath] = useState<string | null>(null);
  const text = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<Promise<CodeView>>(null);
  const [opened, setOpened] = useState(false);
  const noun = label.toLowerCase();

  useEffect(() => () => void viewer.current?.then((view) => view.destroy()), []);

  const mount = async (parent: HTMLElement, shown: HTMLElement) => {
    const [{ mountPayload }, whole] = await Promise.all([
      load(),
      shownText(shown, { bytes, href: downloadHref, raw: other?.raw ?? false }),
    ]);
    const json = kind === "json" || /^[[{]/.test(whole);
    return mountPayload({ parent, text: whole, label, json, wrap: wraps, onPath: setPath });
  };
  const openSearch = async () => {
    if (!host.current || !text.current) return;
    viewer.current ??= mount(host.current, text.current);
    try {
      const view = await viewer.current;
      setOpened(true);
      view.openSearch();
    } catch {
      viewer.current = null;
      toast.error("The search could not be loaded. Try again.");
    }
  };
  const wrap = () => {
    setWraps(!wraps);
    void viewer.current?.then((view) => view.setWrap(!wraps));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "f" || !(event.metaKey || event.ctrlKey) || opened || kind === "hex") return;
    event.preventDefault();
    void openSearch();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears ⌘F from the text inside, it is no control
    <div className="overflow-hidden rounded-card border bg-surface" onKeyDown={onKeyDown}>
      <div className="flex h-9 items-center gap-2 border-b pr-1 pl-3 text-fg-2 text-xs touch:h-12">
        <span className="font-medium text-fg">{label}</span>
        <span className="truncate tabular-nums">
          {contentType && `${contentType} · `}
          {formatBytes(bytes)}
        </span>
        <span className="ml-auto flex shrink-0 items-center" data-print="hide">
          {other && (
            <Link
              href={other.href}
              scroll={false}
              className={buttonClass({ variant: "quiet", size: "sm", class: "text-fg-2 max-md:hidden" })}
            >
              {other.raw ? "Pretty" : "Raw"}
              <span className="sr-only"> {noun}</span>
            </Link>
          )}
          {kind !== "hex" && (
            <>
              <IconButton label={`Search in ${noun} (⌘F)`} onPointerEnter={load} onFocus={load} onClick={openSearch}>
                <Search {...ICON_14} />
              </IconButton>
              <IconButton label={`Wrap lines of ${noun}`} aria-pressed={wraps} onClick={wrap}>
                <WrapText {...ICON_14} className={cn(wraps && "text-accent-fg")} />
              </IconButton>
            </>
          )}
          <CopyFrom href={downloadHref} label={`Copy ${noun}`}>
            Copy
          </CopyFrom>
          <a
            href={downloadHref}
            download
            aria-label={`Download ${noun}`}
            title={`Download ${noun}`}
            className={buttonClass({ variant: "quiet", size: "sm", icon: true, class: "text-fg-2" })}
          >
            <Download {...ICON_14} />
          </a>
        </span>
      </div>
      <div
        ref={text}
        className={cn(
          opened && "hidden print:block",
          wraps && "[&_pre]:whitespace-pre-wrap [&_pre]:[overflow-wrap:anywhere]",
        )}
      >
        {children}
      </div>
      <div ref={host} hidden={!opened} className="h-[min(60vh,32rem)] print:hidden" />
      {opened && path !== null && (
        <p className="flex min-h-8 items-center gap-1 border-t pr-1 pl-3 text-xs">
          <span className="mono min-w-0 flex-1 truncate text-fg-2 text-xs" data-path>
            {path}
          </span>
          <CopyButton text={path} label="Copy path" />
        </p>
      )}
    </div>
  );
}
