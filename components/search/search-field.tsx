"use client";

import { Search, X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { type ReactNode, useId, useRef } from "react";
import { useKey } from "@/components/shell/keys";
import { ICON_14 } from "@/components/ui/icon-size";
import { Kbd } from "@/components/ui/kbd";
import { optionId, SuggestionList } from "./suggestion-list";
import { useSuggestBox } from "./use-suggest-box";

type SearchFieldProps = {
  action: string;
  /** `Search deliveries` */
  label: string;
  placeholder: string;
  /** The free text in force. */
  text: string;
  /** The list without it. */
  clearHref: string;
  /** Answers what to offer for a `word`; its query has the filters in force. */
  suggestHref: string;
  /** The other filters, as hidden fields. */
  children: ReactNode;
};

/** The search of a list: a GET form whose typed fields become filters. It offers fields, and values with counts. */
export function SearchField({ action, label, placeholder, text, clearHref, suggestHref, children }: SearchFieldProps) {
  const box = useRef<HTMLInputElement>(null);
  const listId = useId();
  const { shown, active, take, field } = useSuggestBox(box, text, suggestHref);
  useKey("/", () => box.current?.select(), { label: "Search this list", group: "List" });
  const expanded = shown.length > 0;

  return (
    <Form action={action} role="search" aria-label={label} className="relative w-105 max-w-full shrink-0 max-md:w-full">
      {children}
      <Search {...ICON_14} className="pointer-events-none absolute top-1.75 left-2.25 text-fg-3 touch:top-3.75" />
      <input
        ref={box}
        {...field}
        name="q"
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={expanded}
        aria-controls={expanded ? listId : undefined}
        aria-activedescendant={expanded && active >= 0 ? optionId(listId, active) : undefined}
        aria-autocomplete="list"
        enterKeyHint="search"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={500}
        placeholder={placeholder}
        className="h-7 w-full rounded-control border border-control bg-bg pr-9 pl-7.5 text-sm placeholder:text-fg-3 placeholder:opacity-100 focus-visible:rounded-control focus-visible:outline-offset-1 touch:h-11 touch:text-[16px]"
      />
      {text ? (
        <Link
          href={clearHref}
          aria-label="Clear the text"
          title="Clear"
          className="absolute top-0.5 right-0.5 flex h-6 w-6 items-center justify-center rounded-badge text-fg-3 hover:bg-hover touch:h-10 touch:w-10"
        >
          <X {...ICON_14} />
        </Link>
      ) : (
        <Kbd keys="/" className="pointer-events-none absolute top-1.25 right-1.25 text-fg-3 max-md:hidden" />
      )}
      {expanded && <SuggestionList id={listId} label={label} suggestions={shown} active={active} take={take} />}
      <span role="status" className="sr-only">
        {expanded && `${shown.length} suggestions`}
      </span>
    </Form>
  );
}
