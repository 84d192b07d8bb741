import { cn } from "./cn";

/** A grey bar where text will stand. */
export function Bone({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn("block h-2.5 rounded-badge bg-muted", className)} />;
}

/** Rows of the real height, so that nothing moves when they arrive. */
export function TableSkeleton({ rows = 16, framed }: { rows?: number; framed?: boolean }) {
  return (
    <div role="status" className={cn("overflow-hidden", framed && "rounded-card border")}>
      <span className="sr-only">Loading…</span>
      <div className="h-8 border-b" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike
        <div key={row} className="flex h-10 items-center gap-8 border-b px-3 last:border-b-0">
          <Bone className="w-18" />
          <Bone className="w-32" />
          <Bone className="w-48 max-md:hidden" />
          <Bone className="ml-auto w-24" />
        </div>
      ))}
    </div>
  );
}
