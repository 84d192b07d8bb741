"use client";

import { cn } from "@/components/ui/cn";
import { formatNumber } from "@/components/ui/format";
import type { Suggestion } from "./suggestion";

type SuggestionListProps = {
  id: string;
  label: string;
  suggestions: Suggestion[];
  active: number;
  take: (suggestion: Suggestion) => void;
};

export const optionId = (list: string, index: number) => `${list}-${index}`;

/** What a search box offers: the keyboard chooses from the box, the pointer here. */
export function SuggestionList({ id, label, suggestions, active, take }: SuggestionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute top-full left-0 z-20 mt-1 max-h-90 w-full min-w-72 overflow-y-auto rounded-card bg-bg p-1 shadow-float"
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses from the box, by its active descendant
        <div
          key={suggestion.text}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          ref={index === active ? scrollTo : undefined}
          // The box keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(suggestion)}
          className={cn(
            "flex min-h-7 cursor-pointer items-center gap-2 rounded-control px-2 text-sm touch:min-h-11",
            index === active ? "bg-selected" : "hover:bg-hover",
          )}
        >
          <span className="min-w-0 truncate" title={suggestion.text}>
            <Words {...suggestion} />
          </span>
          {suggestion.note && <span className="min-w-0 truncate text-fg-3 text-xs">{suggestion.note}</span>}
          {suggestion.count !== undefined && (
            <span className="ml-auto shrink-0 text-fg-2 text-xs tabular-nums">
              {suggestion.about && "≈ "}
              {formatNumber(suggestion.count)}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

/** The field dim, its value as it is read. */
function Words({ text, label }: Suggestion) {
  const colon = text.indexOf(":") + 1;
  if (colon === text.length) return text;
  return (
    <>
      <span className="text-fg-3">{text.slice(0, colon)}</span>
      {label ?? text.slice(colon)}
    </>
  );
}

function scrollTo(option: HTMLElement | null) {
  option?.scrollIntoView({ block: "nearest" });
}
