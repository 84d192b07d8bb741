import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/format";

/** Lines before the rest is summed up. */
const MOST_LINES = 6;

export type ShareLine = { key: string; name: ReactNode; count: number; aside?: ReactNode };

/** How a number divides, the greatest part first, each with its bar. */
export function ShareCard({ title, lines, total }: { title: string; lines: ShareLine[]; total: number }) {
  const rest = lines.slice(MOST_LINES);
  const others = rest.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card className="min-w-0 px-3.5 pt-2.5 pb-3">
      <h2 className="mb-1 font-medium text-fg-2 text-xs">{title}</h2>
      <ul>
        {lines.slice(0, MOST_LINES).map(({ key, name, count, aside }) => (
          <li key={key} className="py-1">
            <div className="flex items-baseline gap-2 text-sm">
              <span className="min-w-0 truncate">{name}</span>
              {aside}
              <span className="ml-auto tabular-nums">{formatNumber(count)}</span>
            </div>
            <div aria-hidden="true" className="mt-0.5 h-1 rounded-badge bg-muted">
              <div
                className="h-1 rounded-badge bg-chart-ok"
                style={{ width: `${(100 * count) / Math.max(1, total)}%` }}
              />
            </div>
          </li>
        ))}
        {rest.length > 0 && (
          <li className="flex pt-1 text-fg-2 text-sm">
            {formatNumber(rest.length)} more <span className="ml-auto tabular-nums">{formatNumber(others)}</span>
          </li>
        )}
      </ul>
    </Card>
  );
}
