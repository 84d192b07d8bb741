"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { copyText } from "@/components/ui/copy-text";
import { ICON_14 } from "@/components/ui/icon-size";
import { toast } from "@/components/ui/toast";

type CopyFromProps = {
  /** Where the text is; without scripts the link leads there. */
  href: string;
  /** What it copies: `Copy as curl command`. */
  label: string;
  /** Words on the button. */
  children: string;
  variant?: "quiet" | "secondary" | "item";
  className?: string;
};

const SHOWN_MS = 1_500;

/** Copies a text that is fetched when the pointer or the focus comes near: it may be large, and is seldom wanted. */
export function CopyFrom({ href, label, children, variant = "quiet", className }: CopyFromProps) {
  const [copied, setCopied] = useState(false);
  const fetched = useRef<{ href: string; text: Promise<string | null> }>(null);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const load = () => {
    if (fetched.current?.href !== href) fetched.current = { href, text: textAt(href) };
    return fetched.current.text;
  };
  const copy = async () => {
    const text = await load();
    if (text !== null && (await copyText(text))) return setCopied(true);
    fetched.current = null;
    toast.error("It could not be copied. Try again, or open it in a new tab and copy it there.");
  };
  const Icon = copied ? Check : Copy;
  return (
    <a
      href={href}
      aria-label={label}
      title={label}
      onPointerEnter={load}
      onFocus={load}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        void copy();
      }}
      className={cn(
        variant === "item" ? "" : buttonClass({ variant, size: "sm" }),
        variant === "quiet" && "text-fg-2",
        className,
      )}
    >
      <Icon {...ICON_14} />
      {children}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </a>
  );
}

/** What an address holds, as text; bytes that are none as base64. Null when it cannot be had. */
async function textAt(href: string): Promise<string | null> {
  try {
    const response = await fetch(href, { redirect: "error" });
    if (!response.ok) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return asText(bytes);
  } catch {
    // Offline or signed out: the person is told that it could not be copied.
    return null;
  }
}

function asText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8: nobody could paste it as it is.
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  }
}
