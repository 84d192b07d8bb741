import { clsx } from "clsx";
import type { Difference, DiffLine } from "@/lib/back-test/difference.ts";

const TINTS: Record<DiffLine["sign"], string> = {
  "+": "bg-ok-tint text-ok",
  "-": "bg-bad-tint text-bad",
  " ": "text-fg-2",
};

/** What a transformation changed in an event, line by line, with signs beside the colours. */
export function BackTestChanges({ difference: { lines, cut } }: { difference: Difference }) {
  if (lines.length === 0 && !cut) return null;
  return (
    <div>
      {lines.length > 0 && (
        <pre className="mono overflow-x-auto rounded-control border bg-surface py-1 text-xs">
          {lines.map(({ sign, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
            <span key={at} className={clsx("block px-2", TINTS[sign])}>
              {sign} {text}
            </span>
          ))}
        </pre>
      )}
      {cut && (
        <p className="text-fg-3 text-xs">
          {lines.length > 0 ? "More differs than is shown." : "Too much differs to be shown."}
        </p>
      )}
    </div>
  );
}
