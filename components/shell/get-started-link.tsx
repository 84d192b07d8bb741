import type { Progress } from "@/lib/get-started/progress.ts";
import { NavLink } from "./nav-link";

const TURN = 2 * Math.PI * 6;

/** At the sidebar's foot until the first steps are done: a ring that fills. */
export function GetStartedLink({ slug, progress: { done, of } }: { slug: string; progress: Progress }) {
  return (
    <span className="relative block">
      <NavLink href={`/w/${slug}/get-started`} label="Get started">
        <svg viewBox="0 0 16 16" width="16" height="16" fill="none" strokeWidth="2" aria-hidden="true">
          <circle cx="8" cy="8" r="6" className="stroke-control" />
          <circle
            cx="8"
            cy="8"
            r="6"
            strokeDasharray={`${(done / of) * TURN} ${TURN}`}
            transform="rotate(-90 8 8)"
            className="stroke-accent-fg"
          />
        </svg>
      </NavLink>
      <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-fg-3 text-xs tabular-nums rail:hidden">
        {done} of {of}
      </span>
    </span>
  );
}
