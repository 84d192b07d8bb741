import { formatNumber } from "@/components/ui/format";
import type { Progress } from "@/lib/sources/reverification.ts";

/** How far looking again at a source's quarantine has come, or how it ended. */
export function ReverifyProgress({ progress }: { progress: Progress | null }) {
  if (!progress) return null;
  const { total, accepted, refused, finishedAt } = progress;
  const looked = accepted + refused;
  return (
    <div role="status" className="grid gap-1 text-sm tabular-nums">
      <p>
        {finishedAt ? "Re-verified" : "Re-verifying"}{" "}
        {finishedAt ? formatNumber(total) : `${formatNumber(looked)} of ${formatNumber(total)}`}:{" "}
        {formatNumber(accepted)} went on
        {refused > 0 && `, ${formatNumber(refused)} still ${refused === 1 ? "does" : "do"} not verify`}.
      </p>
      {!finishedAt && (
        <progress aria-label="Requests looked at" className="h-1 w-full accent-accent" max={total} value={looked} />
      )}
    </div>
  );
}
