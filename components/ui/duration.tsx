import { cn } from "./cn";
import { formatDuration } from "./format";

/** A duration as a machine measured it. */
export function Duration({ ms, className }: { ms: number; className?: string }) {
  return <span className={cn("mono", className)}>{formatDuration(ms)}</span>;
}
