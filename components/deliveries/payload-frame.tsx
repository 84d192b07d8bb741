"use client";

import { Download, WrapText } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { buttonClass, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatBytes } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { CopyFrom } from "./copy-from";
import type { PayloadText } from "./payload-text";

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

/** The head of a payload with what can be done with it. */
export function PayloadFrame({ label, contentType, bytes, kind, downloadHref, other, children }: PayloadFrameProps) {
  const [wraps, setWraps] = useState(kind === "text" || Boolean(other?.raw));
  const noun = label.toLowerCase();
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
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
            <IconButton label={`Wrap lines of ${noun}`} aria-pressed={wraps} onClick={() => setWraps((now) => !now)}>
              <WrapText {...ICON_14} className={cn(wraps && "text-accent-fg")} />
            </IconButton>
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
      <div className={cn(wraps && "[&_pre]:whitespace-pre-wrap [&_pre]:[overflow-wrap:anywhere]")}>{children}</div>
    </div>
  );
}
