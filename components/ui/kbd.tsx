import { clsx } from "clsx";
import { Fragment } from "react";

const SIGNS: Record<string, string> = {
  Enter: "↵",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/**
 * The keys of a shortcut, written as in `useKey`: `r`, `Shift+r`, `g d`, `Mod+k`. Beside an action it is a hint for the
 * eyes (give the control `aria-keyshortcuts`); hidden on touch screens, and where the person has switched keys off.
 */
export function Kbd({
  keys,
  hint = true,
  className,
}: {
  keys: string /** False where keys are the subject, as in the keyboard sheet. */;
  hint?: boolean;
  className?: string;
}) {
  return (
    <span
      aria-hidden={hint || undefined}
      data-key-hint={hint ? (keys.includes("Mod+") ? "chord" : "key") : undefined}
      className={clsx("inline-flex items-center gap-1 align-middle", className)}
    >
      {keys.split(" ").map((press, index) => (
        <Fragment key={press}>
          {index > 0 && !hint && <span className="text-fg-3 text-xs">then</span>}
          <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-badge border border-current/35 px-1 font-medium font-sans text-xs">
            <Press press={press} />
          </kbd>
        </Fragment>
      ))}
    </span>
  );
}

function Press({ press }: { press: string }) {
  const parts = press.split("+");
  const key = parts.at(-1) ?? "";
  return (
    <>
      {parts.includes("Mod") && (
        <>
          <span className="mac:hidden">Ctrl&nbsp;</span>
          <span className="pc:hidden">⌘</span>
        </>
      )}
      {parts.includes("Shift") && "⇧"}
      {SIGNS[key] ?? (key.length === 1 && parts.length > 1 ? key.toUpperCase() : key)}
    </>
  );
}
