"use client";

import { clsx } from "clsx";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { buttonClass } from "./button";
import { copyText } from "./copy-text";
import { ICON_14 } from "./icon-size";

type CopyButtonProps = {
  text: string;
  /** What it copies: `Copy delivery ID`. Its name, and its tooltip when it shows only the icon. */
  label: string;
  /** Words on the button; without them only the icon. */
  children?: string;
  variant?: "quiet" | "secondary";
  /** `xs` beside a line of text. */
  size?: "sm" | "xs";
  className?: string;
};

export function CopyButton({ text, label, children, variant = "quiet", size = "sm", className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={async () => setCopied(await copyText(text))}
      className={clsx(
        buttonClass({ variant, size, icon: !children }),
        variant === "quiet" && "[&]:text-fg-2",
        className,
      )}
    >
      <Icon {...ICON_14} />
      {children}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}
