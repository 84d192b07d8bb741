"use client";

import { Search } from "lucide-react";
import Form from "next/form";
import { useEffect, useRef } from "react";
import { ICON_14 } from "@/components/ui/icon-size";

/** Opens any pasted id; a plain GET form. ⌘K or Ctrl K puts the cursor here. */
export function SearchBox({ slug }: { slug: string }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      input.current?.select();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <Form action={`/w/${slug}/search`} className="relative w-58 max-lg:w-44 max-md:hidden" role="search">
      <Search {...ICON_14} className="pointer-events-none absolute top-1.75 left-2.25 text-fg-3" />
      <input
        ref={input}
        name="q"
        type="search"
        required
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        aria-label="Go to, or paste an ID"
        placeholder="Go to, or paste an ID"
        className="h-7 w-full rounded-control border border-control bg-bg pr-2 pl-7.5 text-sm placeholder:text-fg-3 focus-visible:rounded-control focus-visible:outline-offset-1 lg:pr-12"
      />
      <kbd className="absolute top-1.25 right-1.25 inline-flex h-4.5 items-center rounded-badge border px-1 font-medium font-sans text-fg-3 text-xs max-lg:hidden">
        ⌘K
      </kbd>
    </Form>
  );
}
