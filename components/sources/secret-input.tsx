"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { ICON_14 } from "@/components/ui/icon-size";
import { Input } from "@/components/ui/input";

/** A secret as it is typed or pasted: dots, until the eye is pressed. Put it in a `Field`. */
export function SecretInput({ placeholder }: { placeholder?: string }) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <span className="flex items-center gap-1">
      <Input
        mono
        type={shown ? "text" : "password"}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
        data-1p-ignore
      />
      <IconButton
        label={shown ? "Hide what was typed" : "Show what was typed"}
        aria-pressed={shown}
        size="md"
        className="noscript:hidden"
        onClick={() => setShown((before) => !before)}
      >
        <Icon {...ICON_14} />
      </IconButton>
    </span>
  );
}
