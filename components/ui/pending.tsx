"use client";

import { useLinkStatus } from "next/link";

/** Inside a link: while its page is on the way, the page it stands on fades (see globals.css). */
export function Pending() {
  const { pending } = useLinkStatus();
  return pending ? (
    <span data-link-pending className="sr-only" role="status">
      Loading…
    </span>
  ) : null;
}
