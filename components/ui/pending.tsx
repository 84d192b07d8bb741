"use client";

import { useLinkStatus } from "next/link";
import { useEffect, useRef } from "react";

/** Fired on a link whose page is on the way, and again once it is there or was left for another. */
export const LEAVING = "posthorn-leaving";
export const ARRIVED = "posthorn-arrived";

/** Inside a link: while its page is on the way, the page it stands on gives way (see `Leaving` and globals.css). */
export function Pending() {
  const { pending } = useLinkStatus();
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!pending) return;
    const href = mark.current?.closest("a")?.href;
    window.dispatchEvent(new CustomEvent(LEAVING, { detail: href }));
    return () => void window.dispatchEvent(new CustomEvent(ARRIVED));
  }, [pending]);
  return pending ? (
    <span ref={mark} data-link-pending className="sr-only" role="status">
      Loading…
    </span>
  ) : null;
}
