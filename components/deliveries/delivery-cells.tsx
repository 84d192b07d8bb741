import { cn } from "@/components/ui/cn";
import type { AttemptsView } from "./attempts-view";

const DOT = { f: "bg-chart-failed", s: "bg-fg-2", o: "shadow-[inset_0_0_0_1px_var(--color-control)]" };

/** `3/8` and a dot for each planned call. The dots repeat the numbers, so they stay silent. */
export function Attempts({ attempts, className }: { attempts: AttemptsView; className?: string }) {
  return (
    <span className={cn("inline-flex items-center whitespace-nowrap", className)}>
      <span className="mono">{attempts.planned}</span>
      {attempts.extra > 0 && (
        <span className="mono ml-1.5 text-fg-3" title={`${attempts.extra} beside the schedule`}>
          +{attempts.extra}
        </span>
      )}
      <span
        aria-hidden="true"
        className={cn("ml-2 hidden wide:inline-flex", attempts.extra > 0 ? "gap-px" : "gap-0.5")}
      >
        {[...attempts.dots].map((dot, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot has no other name
          <i key={index} className={cn("size-1.25 rounded-full", DOT[dot as keyof typeof DOT])} />
        ))}
      </span>
    </span>
  );
}

/** `500 · 221 ms`; `timeout 15 s` when no answer came. */
export function Answer({ answer, took }: { answer: string | null; took: string | null }) {
  if (answer === null) return <span className="text-fg-3">–</span>;
  const coded = /^\d/.test(answer);
  return (
    <span className="mono">
      {answer}
      {took !== null && (
        <span className="hidden text-fg-3 wide:inline">
          {coded ? " · " : " "}
          {took}
        </span>
      )}
    </span>
  );
}
