"use client";

import { usePathname } from "next/navigation";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { ARRIVED, LEAVING } from "@/components/ui/pending";
import { placeOf, type SkeletonKind } from "./skeleton-kinds";

const load = () => import("./skeleton");
const Skeleton = lazy(() => load().then((module) => ({ default: module.Skeleton })));

/** A page that is there at once is not announced, and one that was announced does not flash by. */
const SHOW_AFTER_MS = 150;
const SHOW_FOR_MS = 300;

/**
 * The page, or the outline of the one that is on the way when that takes a moment. Not a `loading.tsx`: what Suspense
 * streams in later is never seen without scripts, and a page that has begun can no longer answer 404.
 */
export function Leaving({ children }: { children: ReactNode }) {
  const kind = useNextKind();
  return (
    <>
      {kind && (
        <Suspense>
          <Skeleton kind={kind} />
        </Suspense>
      )}
      <div hidden={kind !== null}>{children}</div>
    </>
  );
}

function useNextKind(): SkeletonKind | null {
  const path = usePathname();
  const [kind, setKind] = useState<SkeletonKind | null>(null);
  const shownAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const leaving = (event: Event) => {
      const next = placeOf((event as CustomEvent<string | undefined>).detail, path);
      clearTimeout(timer.current);
      if (!next) return;
      load();
      timer.current = setTimeout(() => {
        shownAt.current = performance.now();
        setKind(next);
      }, SHOW_AFTER_MS);
    };
    const arrived = () => {
      clearTimeout(timer.current);
      const rest = shownAt.current + SHOW_FOR_MS - performance.now();
      timer.current = setTimeout(() => setKind(null), Math.max(0, rest));
    };
    window.addEventListener(LEAVING, leaving);
    window.addEventListener(ARRIVED, arrived);
    return () => {
      window.removeEventListener(LEAVING, leaving);
      window.removeEventListener(ARRIVED, arrived);
    };
  }, [path]);

  return kind;
}
