"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment } from "react";
import { shortId } from "@/components/ui/format";

const WORDS: Record<string, string> = { "api-keys": "API keys", jobs: "Bulk jobs" };

/** Below an object they only stand before another's id. */
const WITHOUT_PAGE = new Set(["requests"]);

/** Where this page is, read from its address: section, then object. */
export function Breadcrumb() {
  const [, , slug, ...segments] = usePathname().split("/");
  const crumbs = segments.flatMap((segment, index) =>
    WITHOUT_PAGE.has(segment) && index > 0
      ? []
      : { href: `/w/${slug}/${segments.slice(0, index + 1).join("/")}`, word: wordFor(segment, index) },
  );
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-2 text-fg-2 text-sm">
      {crumbs.map(({ href, word }, index) => (
        <Fragment key={href}>
          {index > 0 && (
            <span
              aria-hidden="true"
              className={clsx("text-control", isMiddle(index, crumbs.length) && "max-md:hidden")}
            >
              /
            </span>
          )}
          {index < crumbs.length - 1 ? (
            <Link
              href={href}
              className={clsx("shrink-0 py-0.5 hover:text-fg", isMiddle(index, crumbs.length) && "max-md:hidden")}
            >
              {word}
            </Link>
          ) : (
            <span aria-current="page" className="truncate font-medium text-fg">
              {word}
            </span>
          )}
        </Fragment>
      ))}
    </nav>
  );
}

/** On phones there is room for the section and the page alone. */
function isMiddle(index: number, length: number): boolean {
  return index > 0 && index < length - 1;
}

function wordFor(segment: string, index: number): string {
  if (WORDS[segment]) return WORDS[segment];
  const text = decoded(segment);
  if (/^[a-z]{2,3}_[0-9a-z]{26}$/.test(text)) return shortId(text);
  // Names of event types are people's words; only our own segments are turned into titles.
  if (index === 1 && text.includes(".")) return text;
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll("-", " ");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A malformed escape in the address: shown as it stands.
    return segment;
  }
}
