import type { Overview } from "@/lib/reports/overview.ts";
import { RANGES, type Range } from "@/lib/reports/ranges.ts";
import { LatencyChart } from "../charts/latency-chart";
import { VolumeChart } from "../charts/volume-chart";
import { deliveriesPath } from "../shell/paths";
import { calendarDay, clockMinute } from "../ui/format-time";

type Props = { slug: string; range: Range; zone: string; overview: Overview };

/** Deliveries by how they ended, and how long attempts took, over the same steps. */
export function OverviewCharts({ slug, range, zone, overview: { series, figures, to } }: Props) {
  const { stepMs, step } = RANGES[range];
  const points = series.map((point) => {
    const end = new Date(point.at.getTime() + stepMs);
    return { ...point, label: spanLabel(point.at, end, zone), href: deliveriesPath(slug, { from: point.at, to: end }) };
  });
  return (
    <div className="mt-4 grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)] gap-10 max-lg:grid-cols-1 max-lg:gap-6">
      <VolumeChart
        title={`Deliveries per ${step}`}
        points={points}
        to={to}
        zone={zone}
        stepMs={stepMs}
        base={`${deliveriesPath(slug)}?`}
      />
      <LatencyChart points={points} p50Ms={figures.p50Ms} p95Ms={figures.p95Ms} to={to} zone={zone} />
    </div>
  );
}

/** `14 Oct 10:30–11:00` */
function spanLabel(from: Date, to: Date, zone: string): string {
  return `${calendarDay(from, zone)} ${clockMinute(from, zone)}–${clockMinute(to, zone)}`;
}
