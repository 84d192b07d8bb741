"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { shortId } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { useDesk } from "./list-desk";
import { useLiveRows } from "./live-rows";

const MENU = "row-menu";
const ITEM = "focus-inset flex min-h-8 items-center rounded-control px-2 text-sm hover:bg-hover";

/** Opens the one menu that all rows share; without scripts the delivery's page has what it holds. */
export function RowMenuButton({ id }: { id: string }) {
  const desk = useDesk();
  if (!desk) return null;
  const label = `More for ${shortId(id)}`;
  return (
    <button
      type="button"
      popoverTarget={MENU}
      aria-label={label}
      title="More"
      onClick={() => desk.chooseFor(id)}
      className={cn(buttonClass({ variant: "quiet", size: "sm", icon: true }), "[@media(scripting:none)]:hidden")}
    >
      <Ellipsis {...ICON_14} />
    </button>
  );
}

type RowMenuProps = {
  slug: string;
  /** The list's filters, for those that are narrowed further. */
  query: string;
  mayRetry: boolean;
};

/** Where a row leads beside its own delivery. */
export function RowMenu({ slug, query, mayRetry }: RowMenuProps) {
  const desk = useDesk();
  const row = useLiveRows().find(({ id }) => id === desk?.chosenFor);
  const base = `/w/${slug}`;
  const only = (name: string, value: string) => {
    const narrowed = new URLSearchParams(query);
    narrowed.set(name, value);
    return `${base}/deliveries?${narrowed}`;
  };
  const since = row && new URLSearchParams({ kind: "retry", status: "failed", from: row.created.iso });
  return (
    <div
      id={MENU}
      popover="auto"
      className="popover top-1/3 right-(--gutter) w-64 supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:m-0 supports-[position-area:bottom]:mt-1 supports-[position-area:bottom]:justify-self-end supports-[position-area:bottom]:[position-area:bottom_span-left] supports-[position-area:bottom]:[position-try-fallbacks:flip-block]"
    >
      {row && (
        <ul>
          <Item href={`${base}/deliveries/${row.id}`}>Open full page</Item>
          <Item href={`${base}/events/${row.event}`}>Its event, at all endpoints</Item>
          <Item href={`${base}/endpoints/${row.endpoint}`}>Its endpoint</Item>
          <Item href={only("endpoint", row.endpoint)}>Only this endpoint</Item>
          <Item href={only("type", row.eventType)}>Only this event type</Item>
          {mayRetry && <Item href={`${base}/jobs/new?${since}`}>Retry all failed since this one…</Item>}
        </ul>
      )}
    </div>
  );
}

function Item({ href, children }: { href: string; children: string }) {
  return (
    <li>
      <Link href={href} prefetch={false} className={ITEM}>
        {children}
      </Link>
    </li>
  );
}
