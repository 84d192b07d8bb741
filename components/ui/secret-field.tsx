"use client";

import { clsx } from "clsx";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./button";
import { CopyButton } from "./copy-button";
import { ICON_14 } from "./icon-size";

type SecretFieldProps = {
  secret: string;
  /** `signing secret` */
  noun?: string;
  /** Shown from the start: for a secret that is shown only once. */
  revealed?: boolean;
  className?: string;
};

/** A secret that the server has handed over: masked until asked for. */
export function SecretField({ secret, noun = "secret", revealed = false, className }: SecretFieldProps) {
  const [shown, setShown] = useState(revealed);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div
      className={clsx("flex min-h-9 min-w-0 items-center gap-1 rounded-card border bg-surface pr-1 pl-3", className)}
    >
      <span className="mono min-w-0 flex-1 py-1 [overflow-wrap:anywhere]" data-secret>
        {shown ? secret : maskSecret(secret)}
      </span>
      <IconButton
        label={shown ? `Hide ${noun}` : `Show ${noun}`}
        aria-pressed={shown}
        onClick={() => setShown((before) => !before)}
      >
        <Icon {...ICON_14} />
      </IconButton>
      <CopyButton text={secret} label={`Copy ${noun}`} />
    </div>
  );
}

function maskSecret(secret: string): string {
  const prefix = /^[a-z]+_/.exec(secret)?.[0] ?? "";
  return `${prefix}${"•".repeat(12)}`;
}
